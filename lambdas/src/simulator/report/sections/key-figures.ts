import { type Figure, figureTable } from '../figure-table.ts';
import { type Html, html } from '../html.ts';
import { countOf, figureText, shareText } from '../number-text.ts';
import { type PromiseKept, promisesOf } from '../promises.ts';
import { aJob, type ReportRun, type ReportRuns, spanSeconds, totalDollars } from '../report-input.ts';
import { columns } from '../run-label.ts';

const thousand = (run: ReportRun): number | undefined => aJob(run, totalDollars(run) * 1000);

const keyFigures: readonly Figure[] = [
  {
    name: 'Jobs that ran',
    unit: 'count',
    better: 'neither',
    of: ({ result }) => result.ran,
    beside: ({ result }) => `of ${countOf(result.jobs, 'job')}`,
  },
  {
    name: 'Median wait',
    unit: 'seconds',
    better: 'lower',
    of: ({ result }) => (result.ran > 0 ? result.waitSeconds.p50 : undefined),
    beside: () => 'p50',
  },
  {
    name: '95% waited at most',
    unit: 'seconds',
    better: 'lower',
    of: ({ result }) => (result.ran > 0 ? result.waitSeconds.p95 : undefined),
    beside: () => 'p95',
  },
  {
    name: 'Cost',
    unit: 'dollars',
    better: 'lower',
    of: totalDollars,
    beside: aDay,
  },
  { name: 'Per 1,000 jobs', unit: 'dollars', better: 'lower', of: thousand, beside: savedShare },
  {
    name: 'Most runners at once',
    unit: 'count',
    better: 'neither',
    of: ({ result }) => result.peakRunners,
    beside: ({ result, picture }) => ofLimit(result.peakRunners, picture.limit),
  },
];

function ofLimit(peak: number, limit: number): string {
  if (limit < 0) return 'no limit';
  return limit === 0 ? 'of 0 runners' : `of ${countOf(limit, 'runner')}, ${shareText(peak / limit)}`;
}

/** What a day of this costs; of no use for less than a day. */
function aDay(run: ReportRun): string | undefined {
  const days = spanSeconds(run) / 86_400;
  if (days < 1) return undefined;
  return `${figureText(totalDollars(run) / (run.result.virtualSeconds / 86_400), 'dollars')} a day`;
}

function savedShare({ result: { cost } }: ReportRun): string | undefined {
  const full = cost.spot + cost.savedBySpot;
  return cost.savedBySpot > 0 ? `Spot ${shareText(cost.savedBySpot / full)} off` : undefined;
}

/** The few figures that matter, and the four promises. */
export function keyFiguresSection(runs: ReportRuns): Html {
  const [only, second] = runs;
  const figures = second ? figureTable('Key figures', keyFigures, runs, 'key') : tiles(only);
  return html`<section class="key-figures"><h2 class="for-reader">Key figures</h2>${figures}${columns(
    runs,
    (run) => html`<ul class="promises" aria-label="Promises">${promisesOf(run).map(promiseItem)}</ul>`,
  )}</section>`;
}

const tiles = (run: ReportRun): Html =>
  html`<dl class="tiles">${keyFigures.map((figure) => {
    const value = figure.of(run);
    return html`<div><dt>${figure.name}</dt><dd><b>${value === undefined ? '–' : figureText(value, figure.unit)}</b> <small>${
      value === undefined ? undefined : figure.beside?.(run)
    }</small></dd></div>`;
  })}</dl>`;

function promiseItem({ kept, broken, times }: PromiseKept): Html {
  if (times === 0) return html`<li class="kept">${sign('M3 8.5l3.5 3.5L13 4.5')}${kept}</li>`;
  return html`<li class="not-kept">${sign('M4 4l8 8M12 4l-8 8')}${broken}: ${times}</li>`;
}

const sign = (path: string): Html =>
  html`<svg class="sign" viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>`;
