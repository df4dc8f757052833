import type { HistogramBar, Percentiles } from '../../result.ts';
import { waitChart } from '../charts/wait-chart.ts';
import { type WaitScale, waitScale } from '../charts/wait-scale.ts';
import { type Figure, figureTable } from '../figure-table.ts';
import { type Html, html } from '../html.ts';
import { countOf, figureText } from '../number-text.ts';
import type { ReportRun, ReportRuns } from '../report-input.ts';
import { columns } from '../run-label.ts';
import { section } from '../section.ts';
import { meanWaitSeconds } from '../wait-stages.ts';

const secondsFigure = (name: string, of: Figure['of'], note?: string): Figure => ({
  name,
  unit: 'seconds',
  better: 'lower',
  of,
  ...(note === undefined ? {} : { note }),
});

const waitFigure = (name: string, percentile: keyof Percentiles, note?: string): Figure =>
  secondsFigure(name, ({ result }) => (result.ran > 0 ? result.waitSeconds[percentile] : undefined), note);

const waitFigures: readonly Figure[] = [
  secondsFigure('Mean', meanWaitSeconds),
  waitFigure('p50', 'p50', 'Half waited no longer.'),
  waitFigure('p95', 'p95', '1 in 20 waited longer.'),
  waitFigure('p99', 'p99', '1 in 100 waited longer.'),
  waitFigure('Longest', 'max'),
];

const addedFigure = (name: string, percentile: keyof Percentiles, note?: string): Figure =>
  secondsFigure(name, ({ result }) => result.addedWaitSeconds?.[percentile], note);

const addedFigures: readonly Figure[] = [
  addedFigure('Added to p50', 'p50', 'By deliveries that were dropped.'),
  addedFigure('Added to p95', 'p95'),
  addedFigure('Added to the longest', 'max'),
];

/** How many jobs waited how long, from queued to started. */
export function waitsSection(runs: ReportRuns): Html {
  const histograms = runs.map(({ picture }) => picture.waitHistogram);
  const scale = waitScale(histograms, Math.max(...runs.map(({ result }) => result.waitSeconds.p99)));
  const figures = runs.some(({ result }) => result.addedWaitSeconds) ? [...waitFigures, ...addedFigures] : waitFigures;
  const charts = columns(runs, (run) => (scale && chartOf(run, scale)) ?? html`<p class="empty">No job ran.</p>`);
  return section({
    title: 'How long jobs waited',
    about: `From the moment a job could run until it ran.${scale?.grows ? ' The scale grows to the right.' : ''}`,
    body: html`<div class="chart-and-table">${charts}${scale && figureTable('Waits', figures, runs)}</div>`,
  });
}

function chartOf({ picture, result: { waitSeconds } }: ReportRun, scale: WaitScale): Html | undefined {
  const jobs = jobsIn(picture.waitHistogram);
  if (jobs === 0) return undefined;
  const beyond = jobsIn(picture.waitHistogram.filter(({ toSeconds }) => toSeconds > scale.untilSeconds));
  const longest = figureText(waitSeconds.max, 'seconds');
  const within = (['p50', 'p95', 'p99'] as const).map((name) => `${name} ${figureText(waitSeconds[name], 'seconds')}`);
  const label = `Waits of ${countOf(jobs, 'job')}: ${within.join(', ')}, the longest ${longest}.`;
  return html`
<figure>
<figcaption class="legend"><span><i class="swatch jobs"></i>Jobs by their wait</span></figcaption>
${waitChart(picture.waitHistogram, waitSeconds, scale, label)}
${beyond > 0 && html`<p class="beyond">${countOf(beyond, 'job')} waited longer than is drawn, at most ${longest}.</p>`}
</figure>`;
}

const jobsIn = (bars: readonly HistogramBar[]): number => bars.reduce((sum, { count }) => sum + count, 0);
