import { type StackedBar, stackedBars } from '../charts/stacked-bars.ts';
import { type Figure, figureTable } from '../figure-table.ts';
import { type Html, html } from '../html.ts';
import { figureText, shareText } from '../number-text.ts';
import { aJob, type ReportRun, type ReportRuns, totalDollars } from '../report-input.ts';
import { runLabel } from '../run-label.ts';
import { section } from '../section.ts';

const shareOf =
  (whole: (run: ReportRun) => number) =>
  (part: (run: ReportRun) => number): NonNullable<Figure['beside']> =>
  (run) =>
    whole(run) > 0 ? shareText(part(run) / whole(run)) : undefined;

const ofDollars = shareOf(totalDollars);
const ofTime = shareOf(runnerSeconds);

const costFigures: readonly Figure[] = [
  costFigure('Spot machines', ({ result }) => result.cost.spot, 'neither', { swatch: 'spot' }),
  costFigure('On-demand machines', ({ result }) => result.cost.onDemand, 'neither', { swatch: 'on-demand' }),
  { name: 'All machines', unit: 'dollars', better: 'lower', of: totalDollars, isStrong: true },
  costFigure('of it, for idle time', ({ result }) => result.cost.idle, 'lower', {
    note: 'Runners that were ready, and had no job.',
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
  return { name, unit: 'dollars', better, of, beside: ofDollars(of), ...more };
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

const timeFigures: readonly Figure[] = [
  timeFigure('Busy', ({ result }) => result.runnerSeconds.busy, 'neither', 'busy'),
  timeFigure('Idle', ({ result }) => result.runnerSeconds.idle, 'lower', 'idle'),
  timeFigure('Booting', ({ result }) => result.runnerSeconds.boot, 'lower', 'booting'),
  { name: 'All machine time', unit: 'runner-time', better: 'lower', of: runnerSeconds, isStrong: true },
];

function timeFigure(name: string, of: (run: ReportRun) => number, better: Figure['better'], swatch: string): Figure {
  return { name, unit: 'runner-time', better, of, beside: ofTime(of), swatch };
}

function runnerSeconds({ result: { runnerSeconds: seconds } }: ReportRun): number {
  return seconds.boot + seconds.idle + seconds.busy;
}

/** What runners did with the time that was paid. */
export function runnerTimeSection(runs: ReportRuns): Html {
  const bars = runs.map((run, place): StackedBar => {
    const { busy, idle, boot } = run.result.runnerSeconds;
    return {
      label: runLabel(runs, place),
      total: figureText(runnerSeconds(run), 'runner-time'),
      segments: [
        { name: 'busy', title: 'Busy', value: busy },
        { name: 'idle', title: 'Idle', value: idle },
        { name: 'booting', title: 'Booting', value: boot },
      ],
    };
  });
  const isEmpty = runs.every((run) => runnerSeconds(run) === 0);
  const hoursText = (seconds: number): string => figureText(seconds, 'runner-time');
  return section({
    title: 'What runners did',
    about: isEmpty ? 'Nothing: no machine ran.' : 'Hours of all machines together.',
    body: html`${stackedBars(bars, hoursText)}${figureTable('Runner time', timeFigures, runs)}`,
  });
}
