import { stackedBars } from '../charts/stacked-bars.ts';
import { type Figure, figureTable } from '../figure-table.ts';
import { type Html, html } from '../html.ts';
import { figureText, shareText } from '../number-text.ts';
import type { ReportRun, ReportRuns } from '../report-input.ts';
import { runBadge, runLabel } from '../run-label.ts';
import { section } from '../section.ts';
import { meanWaitSeconds, type Stage, stageSeconds, stages } from '../wait-stages.ts';

const figures: readonly Figure[] = [
  ...stages.map(
    (stage): Figure => ({
      name: stage.title,
      unit: 'seconds',
      better: 'lower',
      of: (run) => stageSeconds(run, stage),
      beside: (run) => shareOf(run, stage),
      note: stage.explanation,
      swatch: stage.key,
    }),
  ),
  { name: 'All stages', unit: 'seconds', better: 'lower', of: meanWaitSeconds, isStrong: true },
];

function shareOf(run: ReportRun, stage: Stage): string | undefined {
  const whole = meanWaitSeconds(run) ?? 0;
  return whole > 0 ? shareText((stageSeconds(run, stage) ?? 0) / whole) : undefined;
}

/** Whose turn it was in each second of waiting. */
export function waitStagesSection(runs: ReportRuns): Html {
  const bars = runs.map((run, place) => ({
    label: runLabel(runs, place),
    total: aJobText(meanWaitSeconds(run) ?? 0),
    segments: stages.map((stage) => ({ name: stage.key, title: stage.title, value: stageSeconds(run, stage) ?? 0 })),
  }));
  const hasRun = runs.some(({ result }) => result.ran > 0);
  return section({
    title: 'Where each second of waiting went',
    about: html`${runs.map((run, place) => html`${runs.length === 2 && runBadge(place)} ${longestText(run)} `)}`,
    body: html`${stackedBars(bars, aJobText)}${hasRun && figureTable('Waiting for each job, by stage', figures, runs)}`,
  });
}

const aJobText = (seconds: number): string => `${figureText(seconds, 'seconds')} a job`;

function longestText(run: ReportRun): string {
  const [longest] = [...stages].sort((a, b) => run.result.waitStages[b.key] - run.result.waitStages[a.key]);
  const share = longest && shareOf(run, longest);
  return share ? `${longest.title} is the longest part: ${share} of it.` : 'Nobody waited.';
}
