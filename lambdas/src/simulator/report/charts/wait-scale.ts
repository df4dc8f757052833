import { scaleLinear, scaleSymlog } from 'd3-scale';
import type { HistogramBar } from '../../result.ts';
import type { Place } from './plot.ts';
import { evenDurationTicks, growingDurationTicks, type Tick } from './ticks.ts';

/** How long waits lie along an axis, and how many jobs stand on it. */
export interface WaitScale {
  readonly across: Place;
  readonly acrossTicks: readonly Tick[];
  /** What waited longer is said, not drawn. */
  readonly untilSeconds: number;
  readonly mostJobs: number;
  /** A step to the right is longer than one to the left. */
  readonly grows: boolean;
}

/** One scale for the histograms of all runs: even, or growing, as their bars do. */
export function waitScale(histograms: readonly (readonly HistogramBar[])[], p99Seconds: number): WaitScale | undefined {
  const bars = histograms.flat().filter(({ toSeconds }) => Number.isFinite(toSeconds));
  const filled = bars.filter(({ count }) => count > 0);
  if (filled.length === 0) return undefined;
  const widths = bars.map(widthOf);
  const [narrowest, widest] = [Math.min(...widths), Math.max(...widths)];
  const longest = Math.max(...filled.map(({ toSeconds }) => toSeconds));
  const mostJobs = Math.max(...filled.map(({ count }) => count));
  if (widest > narrowest * 1.5) return { ...growing(longest, Math.max(1, narrowest)), mostJobs };
  // One job that waited for an hour would press all others into the first inch.
  const ends = bars.map(({ toSeconds }) => toSeconds).filter((end) => end >= p99Seconds * 1.25 && end <= longest);
  return { ...even(Math.min(longest, ...ends)), mostJobs };
}

const widthOf = ({ fromSeconds, toSeconds }: HistogramBar): number => toSeconds - fromSeconds;

function even(untilSeconds: number): Omit<WaitScale, 'mostJobs'> {
  const across = scaleLinear().domain([0, untilSeconds]).range([0, 100]);
  return { across, acrossTicks: evenDurationTicks(untilSeconds), untilSeconds, grows: false };
}

function growing(untilSeconds: number, narrowest: number): Omit<WaitScale, 'mostJobs'> {
  const across = scaleSymlog().constant(narrowest).domain([0, untilSeconds]).range([0, 100]);
  return { across, acrossTicks: growingDurationTicks(untilSeconds, across), untilSeconds, grows: true };
}
