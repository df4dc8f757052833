import { readFileSync } from 'node:fs';
import { messageOf } from '../../core/errors.ts';
import type { Prices } from '../../simulator/world/prices.ts';
import { OptionError } from './option-error.ts';

/** Dollars an hour on demand by instance type, from a JSON file. */
export function readPrices(file: string): Prices {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new OptionError(`--prices ${file} is no JSON file that can be read: ${messageOf(error)}`, { cause: error });
  }
  const bad = isObject(value)
    ? Object.entries(value).filter(([, price]) => !(Number.isFinite(price) && (price as number) >= 0))
    : undefined;
  if (bad?.length === 0) return value as Prices;
  const found = bad === undefined ? 'it holds none' : `these are none: ${bad.map(([type]) => type).join(', ')}`;
  throw new OptionError(
    `--prices ${file}: write dollars an hour by instance type, as in {"m7i.large": 0.1008}; ${found}.`,
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
