import { parseArgs } from 'node:util';

export interface TrialOptions {
  readonly jobs: number;
  /** How many of all EC2 and forge calls fail, before or after they took effect: 0 to 1. */
  readonly fail: number;
  readonly limit: number;
  readonly seed: number;
}

const options = {
  jobs: { type: 'string', default: '300' },
  fail: { type: 'string', default: '0.1' },
  limit: { type: 'string', default: '16' },
  seed: { type: 'string', default: '1' },
} as const;

/** `--jobs N --fail P --limit L --seed S`. Throws a sentence that names the option. */
export function parseTrialOptions(args: readonly string[]): TrialOptions {
  const { values } = parseArgs({ args: [...args], options });
  return {
    jobs: numberIn('jobs', values.jobs, 1, 10_000, true),
    fail: numberIn('fail', values.fail, 0, 0.9, false),
    limit: numberIn('limit', values.limit, 1, 200, true),
    seed: numberIn('seed', values.seed, 0, 2 ** 31, true),
  };
}

function numberIn(name: string, text: string, low: number, high: number, isWhole: boolean): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= low && value <= high && (!isWhole || Number.isInteger(value))) return value;
  throw new Error(`--${name} ${text}: must be a ${isWhole ? 'whole ' : ''}number from ${low} to ${high}`);
}
