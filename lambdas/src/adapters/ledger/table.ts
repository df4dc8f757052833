/**
 * The little that a ledger needs of a database: DynamoDB's guarantees for one table and no more, so that the ledger's
 * rules are written once and run alike on memory, SQLite and DynamoDB.
 */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

export interface Key {
  /** Partition: `lane:linux-x64/org:acme` */
  readonly pk: string;
  /** Sort key within it: `job#github/acme/app/1` */
  readonly sk: string;
}

/** Attributes of a row; `pk` and `sk` are not among them. */
export type Attributes = { readonly [name: string]: Value };

export interface Row {
  readonly key: Key;
  readonly attributes: Attributes;
}

/** Judged against the row as it stands before the transaction. Of a row that is not there, every attribute is absent. */
export type Condition =
  | { readonly row: 'absent' | 'present' }
  | { readonly attribute: string; readonly is: 'absent' | 'present' }
  | { readonly attribute: string; readonly is: 'equal'; readonly value: string | number | boolean }
  /** Numbers only. `orAbsent`: an absent attribute satisfies it. */
  | { readonly attribute: string; readonly is: 'at-most' | 'above'; readonly value: number; readonly orAbsent?: true };

/** All of a write's conditions must hold. */
export type Write = { readonly key: Key; readonly if?: readonly Condition[] } & (
  | { readonly kind: 'put'; readonly attributes: Attributes }
  /** Top-level attributes; makes the row if it is absent. `add` counts an absent attribute as 0. */
  | {
      readonly kind: 'update';
      readonly set?: Attributes;
      readonly add?: { readonly [name: string]: number };
      readonly remove?: readonly string[];
    }
  | { readonly kind: 'delete' }
  | { readonly kind: 'check' }
);

/** `refused`: nothing was written; `failed` are the indexes of the writes whose conditions did not hold. */
export type Outcome = { readonly kind: 'written' } | { readonly kind: 'refused'; readonly failed: readonly number[] };

export interface Page {
  /** In the order of their sort keys (byte order of UTF-8). */
  readonly rows: readonly Row[];
  /** More follow: pass it as `after`. */
  readonly next?: string;
}

/** DynamoDB's own limit for one transaction. */
export const transactionLimit = 100;

export interface Table {
  /** Consistent reads, in any number; absent rows are absent from the answer. */
  get(keys: readonly Key[]): Promise<readonly Row[]>;
  /** Consistent by page, but no snapshot over pages. A page holds at most `limit` rows (default: the table's own). */
  query(
    pk: string,
    options?: { readonly skPrefix?: string; readonly after?: string; readonly limit?: number },
  ): Promise<Page>;
  /**
   * All or nothing, 1 to 100 writes, no key twice. A `token` used before within ten minutes answers `written` and
   * writes nothing. Attributes named `expiresAt` (epoch seconds) let a row vanish some time later: tidying only.
   * Throws `ThrottledError` where another transaction was in the way and nothing was written.
   */
  transact(writes: readonly Write[], token?: string): Promise<Outcome>;
}
