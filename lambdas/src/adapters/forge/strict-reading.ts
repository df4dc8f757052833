import * as v from 'valibot';
import { MalformedError } from '../../core/errors.ts';

type Schema = v.GenericSchema<unknown, unknown>;

/** Reads what came from outside, or says which field is not what it has to be. Never repeats the value: it may be a secret. */
export function readAs<S extends Schema>(schema: S, value: unknown, what: string): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const issue = result.issues[0];
  const field = v.getDotPath(issue) ?? 'the whole';
  const problem = issue.received === 'undefined' ? 'is missing' : `is not ${issue.expected ?? 'in its range'}`;
  throw new MalformedError(`${what}: ${field} ${problem}`);
}

/** A body that must be a JSON object in UTF-8. */
export function readObject(rawBody: Uint8Array, what: string): object {
  const value = parseJson(rawBody, what);
  // Arrays are refused here, because a schema for objects would take them for one without fields.
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new MalformedError(`${what}: the whole is not an object`);
}

function parseJson(rawBody: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch {
    // Without `cause`: the parser's message quotes the body.
    throw new MalformedError(`${what}: the whole is not JSON in UTF-8`);
  }
}
