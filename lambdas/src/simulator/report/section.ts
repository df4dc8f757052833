import { type Html, html } from './html.ts';
import type { ReportRuns } from './report-input.ts';

/** One heading of the report, and what stands below it. */
export interface Section {
  readonly title: string;
  /** A sentence that says what is seen. */
  readonly about?: Html | string;
  readonly body: Html;
  readonly className?: string;
}

export const section = ({ title, about, body, className }: Section): Html => html`
<section class="${className}">
<h2>${title}</h2>
${about !== undefined && html`<p class="about">${about}</p>`}
${body}
</section>`;

/** Draws a section, or several. */
export type SectionOf = (runs: ReportRuns) => Html;

/** Two that stand beside each other, where a page of one run has room. */
export const pairOf =
  (left: SectionOf, right: SectionOf): SectionOf =>
  (runs) =>
    html`<div class="pair">${left(runs)}${right(runs)}</div>`;
