import { type Figure, figureTable } from '../figure-table.ts';
import { type Html, html } from '../html.ts';
import { countOf, figureText, shareText } from '../number-text.ts';
import type { ReportRun, ReportRuns } from '../report-input.ts';
import { runBadge } from '../run-label.ts';
import { section } from '../section.ts';

const minuteSaved = ({ result: { readiness } }: ReportRun): number | undefined =>
  readiness.savedSeconds > 0 ? readiness.cost / (readiness.savedSeconds / 60) : undefined;

const figures: readonly Figure[] = [
  {
    name: 'Jobs that found a ready runner',
    unit: 'count',
    better: 'higher',
    of: ({ result }) => result.readiness.jobsServed,
    beside: ({ result }) => (result.ran > 0 ? shareText(result.readiness.jobsServed / result.ran) : undefined),
  },
  {
    name: 'Waiting that it saved',
    unit: 'seconds',
    better: 'higher',
    of: ({ result }) => result.readiness.savedSeconds,
    note: 'Of these jobs together, against the mean wait of the others.',
  },
  {
    name: 'Cost of being ready',
    unit: 'dollars',
    better: 'lower',
    of: ({ result }) => result.readiness.cost,
    note: 'Idle time while a pool or an idle window asked for runners.',
  },
  { name: 'For each minute saved', unit: 'dollars', better: 'lower', of: minuteSaved },
];

/** What pools and idle windows cost, and what they were good for. */
export function readinessSection(runs: ReportRuns): Html {
  const isUsed = runs.some(({ result: { readiness } }) => readiness.jobsServed > 0 || readiness.cost > 0);
  return section({
    title: 'Pools and idle windows',
    about: html`${runs.map((run, place) => html`${runs.length === 2 && runBadge(place)} ${verdictOn(run)} `)}`,
    body: html`${isUsed && figureTable('Readiness', figures, runs)}`,
  });
}

function verdictOn(run: ReportRun): string {
  const { jobsServed, savedSeconds, cost } = run.result.readiness;
  const asks = run.fleets.some(({ poolConfig, idleConfig }) => poolConfig.length + idleConfig.length > 0);
  if (jobsServed === 0 && cost === 0) {
    return asks ? 'Its pools and idle windows served no job, and cost nothing.' : 'It keeps no runner ready.';
  }
  const paid = figureText(cost, 'dollars');
  if (jobsServed === 0) return `Runners that were kept ready cost ${paid} and served no job.`;
  const sooner = savedSeconds > 0 ? `${figureText(savedSeconds / jobsServed, 'seconds')} sooner each` : 'no sooner';
  return `${countOf(jobsServed, 'job')} found a runner ready and started ${sooner}; being ready cost ${paid}.`;
}
