import { relative } from 'node:path';
import type { Reduction } from '../../simulator/plan/reduction.ts';
import type { SimulateOptions } from './options.ts';
import type { NamedScenario } from './read-scenarios.ts';

/** Everything but the seed that makes a run of this scenario what it is, as it would be typed. */
export function replayArguments({ configFile, scenario }: NamedScenario, options: SimulateOptions): string {
  const { faults, dropWebhooks } = options;
  return [
    ...argument('--config', configFile),
    ...argument('--trace', options.trace),
    ...argument('--workload', options.workload),
    ...argument('--jobs', options.jobs),
    ...argument('--faults', faults === 'none' ? undefined : typeof faults === 'string' ? faults : faults.join(',')),
    ...argument('--drop-webhooks', dropWebhooks > 0 ? dropWebhooks : undefined),
    ...argument('--apps', options.apps),
    ...argument('--boot-seconds', options.bootSeconds),
    ...argument('--prices', options.prices),
    ...reductionArguments(scenario.only),
  ].join(' ');
}

/** The whole command, for where this one was given. */
export const replayCommand = (seed: number, args: string): string =>
  [thisProgram(), 'simulate', '--seed', seed, args].filter((word) => word !== '').join(' ');

function thisProgram(): string {
  const [node = '', main = ''] = process.argv;
  if (!/\.[jt]s$/.test(main)) return quoted(main);
  const fromHere = (path: string): string => quoted(relative(process.cwd(), path));
  return [fromHere(node), ...process.execArgv.map(quoted), fromHere(main)].join(' ');
}

const reductionArguments = ({ jobs, faults, jobSecondsLimit }: Reduction): readonly string[] => [
  ...argument('--only-jobs', jobs && (rangesOf(jobs) || 'none')),
  ...argument('--only-faults', faults && (faults.join(',') || 'none')),
  ...argument('--job-seconds-limit', jobSecondsLimit),
];

const argument = (option: string, value: string | number | undefined): readonly string[] =>
  value === undefined ? [] : [option, quoted(String(value))];

/** For a POSIX shell. */
const quoted = (word: string): string =>
  /^[\w./,:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** `3,7,9-12` */
function rangesOf(places: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const place of [...places].sort((one, other) => one - other)) {
    const last = ranges.at(-1);
    if (last && place <= last[1] + 1) last[1] = place;
    else ranges.push([place, place]);
  }
  return ranges.map(([from, to]) => (from === to ? from : `${from}-${to}`)).join(',');
}
