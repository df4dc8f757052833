import { type Html, html } from './html.ts';
import type { ReportRun, ReportRuns } from './report-input.ts';

export type RunLetter = 'A' | 'B';

/** How a run is called in a report of two. */
export const letterOf = (place: number): RunLetter => (place === 0 ? 'A' : 'B');

export const runBadge = (place: number): Html =>
  html`<span class="badge ${letterOf(place).toLowerCase()}">${letterOf(place)}</span>`;

/** The letter where there are two, and the configuration's name. */
export const runLabel = (runs: ReportRuns, place: number): Html =>
  html`${runs.length === 2 && html`${runBadge(place)} `}<span class="file">${runs[place]?.name}</span>`;

/** The same picture of each run, side by side where there is room. */
export const columns = (runs: ReportRuns, of: (run: ReportRun, place: number) => Html): Html =>
  html`<div class="columns ${runs.length === 2 ? 'two' : 'one'}">${runs.map(
    (run, place) =>
      html`<div class="column">${runs.length === 2 && html`<h3>${runLabel(runs, place)}</h3>`}${of(run, place)}</div>`,
  )}</div>`;
