import type { Instant } from '../../core/instant.ts';
import { durationOf, labelsOf, momentOf, type ReadValue, repoOf, secondsOf } from './trace-values.ts';

/** One job as a trace tells it. */
export interface TraceJob {
  readonly queuedAt: Instant;
  readonly durationSeconds: number;
  readonly labels: readonly string[];
  readonly repo: string;
  readonly blockedSeconds?: number;
  readonly cancelAfterSeconds?: number;
}

export type Fields = Readonly<Record<string, unknown>>;

/** Takes what is wrong with a row, as a sentence. */
export type Complain = (sentence: string) => void;

export interface Field<Value> {
  readonly name: string;
  /** What to write, after the word. */
  readonly write: string;
  readonly read: ReadValue<Value>;
}

export const queuedAtField: Field<Instant> = {
  name: 'queued_at',
  write: 'when the job was queued, between 2000 and 2100, such as 2026-01-05T08:00:00Z or seconds since 1970',
  read: momentOf,
};
export const durationField: Field<number> = {
  name: 'duration_s',
  write: 'how many seconds the job ran, at most 35 days, such as 183.5',
  read: durationOf,
};
export const labelsField: Field<readonly string[]> = {
  name: 'labels',
  write: 'the labels that it asks for, separated by spaces, such as self-hosted linux x64',
  read: labelsOf,
};
export const repoField: Field<string> = { name: 'repo', write: 'its repository as owner/name', read: repoOf };
const blockedField: Field<number> = {
  name: 'blocked_s',
  write: 'for how many seconds it waited for an approval first, at most 35 days, or nothing',
  read: secondsOf,
};
const cancelField: Field<number> = {
  name: 'cancel_after_s',
  write: 'how many seconds after it was queued it was cancelled, at most 35 days, or nothing',
  read: secondsOf,
};

export const requiredFields: readonly Field<unknown>[] = [queuedAtField, durationField, labelsField, repoField];
export const optionalFields: readonly Field<unknown>[] = [blockedField, cancelField];

/** Undefined, and a complaint for each field that can't be used. */
export function readTraceJob(fields: Fields, complain: Complain): TraceJob | undefined {
  const queuedAt = required(queuedAtField, fields, complain);
  const durationSeconds = required(durationField, fields, complain);
  const labels = required(labelsField, fields, complain);
  const repo = required(repoField, fields, complain);
  const blockedSeconds = optional(blockedField, fields, complain);
  const cancelAfterSeconds = optional(cancelField, fields, complain);
  if (queuedAt === undefined || durationSeconds === undefined || labels === undefined || repo === undefined) return;
  return {
    queuedAt,
    durationSeconds,
    labels,
    repo,
    ...(blockedSeconds ? { blockedSeconds } : {}),
    ...(cancelAfterSeconds === undefined ? {} : { cancelAfterSeconds }),
  };
}

/** A field's value; undefined with a complaint where there is none that can be used. */
export function required<Value>(field: Field<Value>, fields: Fields, complain: Complain): Value | undefined {
  if (!isMissing(fields[field.name])) return optional(field, fields, complain);
  complain(`${field.name} is missing; write ${field.write}.`);
  return undefined;
}

/** The same for one that may be left empty. */
function optional<Value>(field: Field<Value>, fields: Fields, complain: Complain): Value | undefined {
  const found = fields[field.name];
  if (isMissing(found)) return undefined;
  const value = field.read(found);
  if (value === undefined) complain(`${field.name} is ${quoted(found)}; write ${field.write}.`);
  return value;
}

const isMissing = (found: unknown): boolean =>
  found === undefined || found === null || (typeof found === 'string' && found.trim() === '');

const quotedLengthLimit = 60;

/** What was found, cut short, with nothing in it that a terminal would act on. */
export function quoted(found: unknown, lengthLimit = quotedLengthLimit): string {
  const text = JSON.stringify(found);
  return text.length > lengthLimit ? `${text.slice(0, lengthLimit)}…` : text;
}
