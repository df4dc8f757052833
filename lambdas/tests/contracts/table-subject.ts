import type { Row, Table, Write } from '../../src/adapters/ledger/table.ts';

/** A table with nothing in it, and the means to move its clock. */
export interface TableSubject {
  readonly table: Table;
  readonly now: () => number;
  readonly advance: (seconds: number) => Promise<void>;
}

export type MakeTable = () => TableSubject | Promise<TableSubject>;

export const key = (sk: string, pk = 'lane:a') => ({ pk, sk });
export const put = (sk: string, attributes = {}, pk = 'lane:a'): Write => ({
  kind: 'put',
  key: key(sk, pk),
  attributes,
});
export const sortKeysOf = (rows: readonly Row[]) => rows.map((row) => row.key.sk);
export const absent = [{ row: 'absent' }] as const;
