import { type StackedBar, stackedBars } from '../charts/stacked-bars.ts';
import { besideShare, type Figure, figureTable } from '../figure-table.ts';
import { type Html, html } from '../html.ts';
import { figureText } from '../number-text.ts';
import { aJob, type ReportRun, type ReportRuns, totalDollars } from '../report-input.ts';
import { runLabel } from '../run-label.ts';
import { section } from '../section.ts';

const costFigures: readonly Figure[] = [
  costFigure('Spot machines', ({ result }) => result.cost.spot, 'neither', { swatch: 'spot' }),
  costFigure('On-demand machines', ({ result }) => result.cost.onDemand, 'neither', { swatch: 'on-demand' }),
  { name: 'All machines', unit: 'dollars', better: 'lower', of: totalDollars, isStrong: true },
  costFigure('The idle part of it', ({ result }) => result.cost.idle, 'lower', {
    note: 'Runners that waited for a job.',
  }),
  {
    name: 'Saved by Spot',
    unit: 'dollars',
    better: 'higher',
    of: ({ result }) => result.cost.savedBySpot,
    swatch: 'saved',
    note: 'What the Spot machines would have cost on demand, less what they did.',
  },
  { name: 'For each job that ran', unit: 'dollars', better: 'lower', of: (run) => aJob(run, totalDollars(run)) },
];

function costFigure(
  name: string,
  of: (run: ReportRun) => number,
  better: Figure['better'],
  more: Partial<Figure>,
): Figure {
  return { name, unit: 'dollars', better, of, beside: besideShare(of, totalDollars), ...more };
}

/** What was paid for which machines, and what Spot saved. */
export function costSection(runs: ReportRuns): Html {
  const bars = runs.map((run, place): StackedBar => {
    const { spot, onDemand, savedBySpot } = run.result.cost;
    return {
      label: runLabel(runs, place),
      total: figureText(totalDollars(run), 'dollars'),
      segments: [
        { name: 'spot', title: 'Spot', value: spot },
        { name: 'on-demand', title: 'On demand', value: onDemand },
        { name: 'saved', title: 'Saved', value: savedBySpot, isGhost: true },
      ],
    };
  });
  const isFree = runs.every((run) => totalDollars(run) === 0);
  return section({
    title: 'What it cost',
    about: isFree ? 'Nothing: no machine was paid.' : 'Machines only, from launch to end.',
    body: html`${stackedBars(bars, (dollars) => figureText(dollars, 'dollars'))}${figureTable('Cost', costFigures, runs)}`,
  });
}
