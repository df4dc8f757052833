/** What is known about one thing that happened. Never a secret, a signature or a payload. */
export type Fields = Readonly<Record<string, unknown>>;

/** One line a plan item: `{ lane, runner, kind, reason }`. "Why is my job waiting?" is a query on `reason`. */
export interface Log {
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}
