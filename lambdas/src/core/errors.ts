/**
 * Errors, sorted by what the caller has to do about them. Adapters alone know vendors' codes and translate them
 * into one of these; what nobody recognises stays what it is, and is retried: unknown is not success.
 */
abstract class SortedError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The provider has no such machine now: try elsewhere, or later. */
export class CapacityError extends SortedError {}

/** Too many calls: try again later; `retryAt` (epoch milliseconds) when the other side named a time. */
export class ThrottledError extends SortedError {
  readonly retryAt: number | undefined;
  constructor(message: string, options?: { cause?: unknown; retryAt?: number }) {
    super(message, options);
    this.retryAt = options?.retryAt;
  }
}

/** It is not there. For a removal this means: done. */
export class NotFoundError extends SortedError {}

/** It is in use: leave it alone. */
export class BusyError extends SortedError {}

/** The name is taken: choose another one; never delete what holds it. */
export class NameTakenError extends SortedError {}

/** Rights are missing or were withdrawn: a person must act; retrying does not help. */
export class DeniedError extends SortedError {}

/** What came in is not what it claims to be, or is not signed by whom it should be. */
export class BadSignatureError extends SortedError {}

/** A message body that cannot be read as what it claims to be. */
export class MalformedError extends SortedError {}

/** The configuration is wrong. `problems` names every bad field at once, each with what to write instead. */
export class ConfigError extends SortedError {
  readonly problems: readonly string[];
  constructor(problems: readonly string[], options?: { cause?: unknown }) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map((p) => `  - ${p}`).join('\n')}`,
      options,
    );
    this.problems = problems;
  }
}

/** Words for any thrown value, for a log line or a `reason`. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
