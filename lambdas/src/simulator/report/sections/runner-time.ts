import { type StackedBar, stackedBars } from '../charts/stacked-bars.ts';
import { besideShare, type Figure, figureTable } from '../figure-table.ts';
import { type Html, html } from '../html.ts';
import { figureText } from '../number-text.ts';
import type { ReportRun, ReportRuns } from '../report-input.ts';
import { runLabel } from '../run-label.ts';
import { section } from '../section.ts';

const timeFigures: readonly Figure[] = [
  timeFigure('Busy', ({ result }) => result.runnerSeconds.busy, 'neither', 'busy'),
  {
    ...timeFigure('Idle', ({ result }) => result.runnerSeconds.idle, 'lower', 'idle'),
    note: 'Waiting for a job, or shutting down, which is not paid.',
  },
  timeFigure('Booting', ({ result }) => result.runnerSeconds.boot, 'lower', 'booting'),
  { name: 'All machine time', unit: 'runner-time', better: 'lower', of: runnerSeconds, isStrong: true },
];

function timeFigure(name: string, of: (run: ReportRun) => number, better: Figure['better'], swatch: string): Figure {
  return { name, unit: 'runner-time', better, of, beside: besideShare(of, runnerSeconds), swatch };
}

function runnerSeconds({ result: { runnerSeconds: seconds } }: ReportRun): number {
  return seconds.boot + seconds.idle + seconds.busy;
}

/** What runners did with their time. */
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
