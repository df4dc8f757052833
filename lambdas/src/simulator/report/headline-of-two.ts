import type { Headline } from './headline.ts';
import { figureText, shareText, type Unit } from './number-text.ts';
import { brokenPromises, promiseCount } from './promises.ts';
import { aJob, type ReportRun, totalDollars } from './report-input.ts';
import { meanWaitSeconds } from './wait-stages.ts';

/** What the second configuration changes: the price of a job, and its wait. */
export function headlineOfTwo(first: ReportRun, second: ReportRun): Headline {
  if (first.result.ran === 0 || second.result.ran === 0) {
    const none = first.result.ran > 0 ? 'With B no job ran' : 'With A no job ran';
    const neither = first.result.ran + second.result.ran === 0;
    return { title: neither ? 'No job ran' : none, sentences: [bothPromises(first, second)] };
  }
  const price: Pair = [aJob(first, totalDollars(first)) ?? 0, aJob(second, totalDollars(second)) ?? 0];
  const wait: Pair = [meanWaitSeconds(first) ?? 0, meanWaitSeconds(second) ?? 0];
  const p95: Pair = [first.result.waitSeconds.p95, second.result.waitSeconds.p95];
  const thousand: Pair = [price[0] * 1000, price[1] * 1000];
  return {
    title: `With B a job ${changeWords('costs', price)} and ${changeWords('waits', wait)}`,
    sentences: [
      `A thousand jobs cost ${insteadOf(thousand, 'dollars')}.`,
      `They wait ${insteadOf(wait, 'seconds')} on average; 95% start within ${insteadOf(p95, 'seconds')}.`,
      bothPromises(first, second),
    ],
  };
}

type Pair = readonly [before: number, after: number];

/** `costs 49% more`, `waits as much`. */
function changeWords(verb: string, [before, after]: Pair): string {
  if (Math.abs(after - before) <= 0.005 * Math.max(before, after)) return `${verb} the same`;
  if (before === 0) return `${verb} more`;
  const change = (after - before) / before;
  if (change >= 9) return `${verb} ${figureText(change + 1, 'count')} times as much`;
  return `${verb} ${shareText(Math.abs(change))} ${change < 0 ? 'less' : 'more'}`;
}

function insteadOf([before, after]: Pair, unit: Unit): string {
  const [old, now] = [figureText(before, unit), figureText(after, unit)];
  return old === now ? now : `${now} instead of ${old}`;
}

function bothPromises(first: ReportRun, second: ReportRun): string {
  const [before, after] = [brokenPromises(first).length, brokenPromises(second).length];
  if (before + after === 0) return 'Both kept every promise.';
  return `A broke ${before} of ${promiseCount} promises, B ${after}.`;
}
