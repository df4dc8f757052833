import { Refusal } from '../http/refusal.ts';
import type { JobWish } from '../job-life.ts';

/** What `POST /_control/jobs` takes. */
export interface JobRequest extends JobWish {
  readonly owner: string;
  readonly repository: string;
}

interface Field {
  readonly fallback: unknown;
  readonly expected: string;
  accepts(value: unknown): boolean;
}

const within = (value: unknown, low: number, high: number): boolean =>
  typeof value === 'number' && value >= low && value <= high;
const isName = (value: unknown): boolean => typeof value === 'string' && /^[\w.-]{1,100}$/.test(value);
const isLabels = (value: unknown): boolean =>
  Array.isArray(value) && value.length <= 100 && value.every((label) => typeof label === 'string' && label !== '');

const fields: Readonly<Record<keyof JobRequest, Field>> = {
  count: {
    fallback: 1,
    expected: 'a whole number from 1 to 10000',
    accepts: (value) => Number.isInteger(value) && within(value, 1, 10_000),
  },
  labels: { fallback: ['self-hosted', 'linux', 'x64'], expected: 'a list of texts', accepts: isLabels },
  seconds: {
    fallback: 1,
    expected: 'a number from 0 to 86400',
    accepts: (value) => within(value, 0, 86_400),
  },
  owner: { fallback: 'acme', expected: 'letters, digits, dots and dashes', accepts: isName },
  repository: { fallback: 'app', expected: 'letters, digits, dots and dashes', accepts: isName },
  waiting: { fallback: false, expected: 'true or false', accepts: (value) => typeof value === 'boolean' },
};

/** Complete, or a 400 that names the field. */
export function parseJobRequest(body: unknown = {}): JobRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Refusal(400, 'Expected an object');
  for (const [name, value] of Object.entries(body)) {
    const field = Object.hasOwn(fields, name) ? fields[name as keyof JobRequest] : undefined;
    if (!field) throw new Refusal(400, `${name}: unknown field; known are ${Object.keys(fields).join(', ')}`);
    if (!field.accepts(value)) throw new Refusal(400, `${name}: expected ${field.expected}`);
  }
  const fallbacks = Object.entries(fields).map(([name, { fallback }]) => [name, fallback]);
  return { ...Object.fromEntries(fallbacks), ...body } as JobRequest;
}
