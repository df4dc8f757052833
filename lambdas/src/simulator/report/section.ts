import { type Html, html } from './html.ts';

/** One heading of the report. `half`: it stands beside another one, where a page of one run has room. */
export interface Section {
  readonly title: string;
  /** A sentence that says what is seen. */
  readonly about?: Html | string;
  readonly size?: 'half';
  readonly body: Html;
}

export const section = ({ title, about, size, body }: Section): Html => html`
<section class="${size}">
<h2>${title}</h2>
${about !== undefined && html`<p class="about">${about}</p>`}
${body}
</section>`;
