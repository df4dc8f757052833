/** A request, read in full. */
export interface Call {
  readonly method: string;
  /** Without query; starts with a slash. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Parsed JSON; undefined where there was none. */
  readonly body: unknown;
  /** The caller has gone away. */
  readonly closed: AbortSignal;
}

export interface Answer {
  readonly status: number;
  /** Sent as JSON; undefined: no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
