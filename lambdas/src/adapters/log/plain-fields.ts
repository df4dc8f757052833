import { messageOf } from '../../core/errors.ts';

/** Names that look as if a secret stood behind them. Rather one field too many than one too few. */
const secretName = /secret|token|key|jit|signature|authorization|password|payload|grant|env$/i;

/** What GitHub's tokens, and JSON in base64 (web tokens, a runner's credentials), look like wherever they stand. */
const secretText = /\b(?:gh[a-z]_\w{16,}|github_pat_\w{16,}|eyJ[\w+/=-]{16,}(?:\.[\w=-]+)*)/g;

const redacted = '[redacted]';
const textLimit = 1_000;
const itemLimit = 50;
const depthLimit = 5;

/** What may be written down of a value: plain, bounded, and without secrets. */
export function plainValue(value: unknown, depth = 0): unknown {
  switch (typeof value) {
    case 'string':
      return plainText(value);
    case 'object':
      return value === null ? null : plainObject(value, depth);
    case 'number':
    case 'boolean':
    case 'undefined':
      return value;
    default:
      return plainText(String(value));
  }
}

export function plainText(text: string): string {
  const safe = text.replace(secretText, redacted);
  return safe.length > textLimit ? `${safe.slice(0, textLimit)}… (${safe.length} characters)` : safe;
}

function plainObject(value: object, depth: number): unknown {
  if (depth === depthLimit) return '…';
  if (value instanceof Date) return plainText(String(value.valueOf()));
  if (value instanceof Error) return plainError(value, depth);
  if (value instanceof Map) return plainObject(Object.fromEntries(value), depth);
  if (value instanceof Set) return plainObject([...value], depth);
  if (Array.isArray(value)) return value.slice(0, itemLimit).map((item) => plainValue(item, depth + 1));
  const entries = Object.entries(value).slice(0, itemLimit);
  return Object.fromEntries(
    entries.map(([name, inner]) => [name, secretName.test(name) ? redacted : plainValue(inner, depth + 1)]),
  );
}

function plainError(error: Error, depth: number): unknown {
  const cause = error.cause === undefined ? {} : { cause: plainValue(error.cause, depth + 1) };
  return { name: error.name, message: plainText(messageOf(error)), stack: plainText(error.stack ?? ''), ...cause };
}
