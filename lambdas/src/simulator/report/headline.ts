import { headlineOfTwo } from './headline-of-two.ts';
import { countOf, figureText } from './number-text.ts';
import { brokenPromises, promiseCount } from './promises.ts';
import { aJob, type ReportRun, type ReportRuns, spanSeconds, totalDollars } from './report-input.ts';

/** The report in a sentence or two. */
export interface Headline {
  readonly title: string;
  readonly sentences: readonly string[];
}

export const headlineOf = (runs: ReportRuns): Headline =>
  runs.length === 2 ? headlineOfTwo(runs[0], runs[1]) : headlineOfOne(runs[0]);

/** A broken promise comes before all prices. */
function headlineOfOne(run: ReportRun): Headline {
  const broken = brokenPromises(run).length;
  const sentences =
    broken === 0
      ? [amountsSentence(run), 'Every promise was kept.']
      : [`${broken} of ${promiseCount} promises ${broken === 1 ? 'was' : 'were'} broken.`, amountsSentence(run)];
  return { title: titleOf(run), sentences };
}

function titleOf({ result: { ran, waitSeconds } }: ReportRun): string {
  if (ran === 0) return 'No job ran';
  if (waitSeconds.max === 0) return 'No job waited';
  const [half, most] = [figureText(waitSeconds.p50, 'seconds'), figureText(waitSeconds.p95, 'seconds')];
  if (half === most) return `95% of the jobs started within ${most}`;
  return `Half of the jobs started within ${half}, 95% within ${most}`;
}

function amountsSentence(run: ReportRun): string {
  const { ran, jobs } = run.result;
  const dollars = totalDollars(run);
  const price = figureText(dollars, 'dollars');
  if (jobs === 0) return `The workload had no job, and the machines cost ${price}.`;
  if (ran === 0) return `None of ${countOf(jobs, 'job')} started, and the machines cost ${price}.`;
  const thousand = figureText((aJob(run, dollars) ?? 0) * 1000, 'dollars');
  return `${countOf(ran, 'job')} ran in ${simulated(run)} and cost ${price}: ${thousand} for each thousand.`;
}

function simulated(run: ReportRun): string {
  const days = spanSeconds(run) / 86_400;
  const span = days >= 2 ? countOf(Math.round(days), 'day') : figureText(spanSeconds(run), 'seconds');
  return run.seeds.length > 1 ? `${run.seeds.length} runs of ${span}` : span;
}
