import { figureText, type Unit } from '../../simulator/report/number-text.ts';
import type { Percentiles } from '../../simulator/result.ts';
import type { Figures } from './figures.ts';

/** Undefined: there is none. */
type Row = readonly [name: string, unit: Unit, value: (figures: Figures) => number | undefined];

const waited =
  (percentile: keyof Percentiles): Row[2] =>
  ({ ran, waitSeconds }) =>
    ran === 0 ? undefined : waitSeconds[percentile];

const always: readonly Row[] = [
  ['jobs', 'count', ({ jobs }) => jobs],
  ['  ran', 'count', ({ ran }) => ran],
  ['waited, half of them', 'seconds', waited('p50')],
  ['  95 %', 'seconds', waited('p95')],
  ['  99 %', 'seconds', waited('p99')],
  ['  the longest', 'seconds', waited('max')],
  ['machines launched', 'count', ({ launched }) => launched],
  ['  at most at once', 'count', ({ peakRunners }) => peakRunners],
  ['  booting', 'runner-time', ({ runnerSeconds }) => runnerSeconds.boot],
  ['  idle', 'runner-time', ({ runnerSeconds }) => runnerSeconds.idle],
  ['  busy', 'runner-time', ({ runnerSeconds }) => runnerSeconds.busy],
  ['cost', 'dollars', ({ cost }) => cost.spot + cost.onDemand],
  ['  of it idle', 'dollars', ({ cost }) => cost.idle],
  ['  saved by Spot', 'dollars', ({ cost }) => cost.savedBySpot],
  ['time simulated', 'seconds', ({ virtualSeconds }) => virtualSeconds],
];

/** Told where there is something to tell. */
const exceptions: readonly Row[] = [
  ['longer, as deliveries were dropped', 'seconds', ({ addedWaitSeconds }) => addedWaitSeconds?.p50 ?? 0],
  ['  95 %', 'seconds', ({ addedWaitSeconds }) => addedWaitSeconds?.p95 ?? 0],
  ['  the longest', 'seconds', ({ addedWaitSeconds }) => addedWaitSeconds?.max ?? 0],
  ['cancelled', 'count', ({ cancelled }) => cancelled],
  ['no fleet’s', 'count', ({ unmatched }) => unmatched],
  ['ran twice', 'count', ({ ranTwice }) => ranTwice],
  ['ended by Spot', 'count', ({ endedBySpot }) => endedBySpot],
  ['ended by the forge', 'count', ({ endedByForge }) => endedByForge],
  ['lost', 'count', ({ lost }) => lost],
  ['killed by us', 'count', ({ busyKills }) => busyKills],
  ['machines leaked', 'count', ({ leakedInstances }) => leakedInstances],
  ['registrations leaked', 'count', ({ leakedRegistrations }) => leakedRegistrations],
  ['times over the limit', 'count', ({ overLimit }) => overLimit],
  ['seeds that failed', 'count', ({ failedSeeds }) => failedSeeds.length],
];

/** The figures for people: a column for each configuration. */
export function summary(all: readonly Figures[]): string {
  const told = exceptions.filter(([, , value]) => all.some((figures) => (value(figures) ?? 0) > 0));
  const lines = [
    ['', ...all.map(({ config }) => config)],
    ...[...always, ...told].map(([name, unit, value]) => [name, ...all.map((figures) => textOf(value(figures), unit))]),
  ];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return `${lines.map((line) => lineOf(line, widths)).join('\n')}\n${verdict(all)}\n`;
}

const textOf = (value: number | undefined, unit: Unit): string =>
  value === undefined ? '–' : figureText(value, unit).replaceAll('\u00a0', ' ');

const lineOf = (cells: readonly string[], widths: readonly number[]): string =>
  cells
    .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
    .join('  ');

const verdict = (all: readonly Figures[]): string =>
  all.some(({ failedSeeds }) => failedSeeds.length > 0) ? '\nA promise was broken.' : '\nEvery promise was kept.';
