import type { Attributes, Row, Table, Value } from './table.ts';

/** A domain object as attributes: fields that are undefined are left out, as a table knows no undefined. */
export const toAttributes = (value: object): Attributes => defined(value) as Attributes;

function defined(value: unknown): unknown {
  if (!isObject(value)) return value;
  if (Array.isArray(value)) return value.map(defined);
  const fields: Record<string, unknown> = {};
  for (const name in value) if (value[name] !== undefined) fields[name] = defined(value[name]);
  return fields;
}

/** Whether both would be stored alike: order does not matter, and what is undefined is absent. */
export function isAlike(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return a === b;
  const isKept = (name: string): boolean => isAlike(a[name], b[name]);
  return Object.keys(a).every(isKept) && Object.keys(b).every((name) => name in a || b[name] === undefined);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** A row as the domain object that was stored: the ledger alone writes this table. */
export const fromRow = <T>(row: Row): T => row.attributes as unknown as T;

export const numberIn = (row: Row | undefined, attribute: string): number => {
  const value: Value | undefined = row?.attributes[attribute];
  return typeof value === 'number' ? value : 0;
};

/** Every row of a partition, page by page. A query is no snapshot: the order of reads is the caller's business. */
export async function allRows(table: Table, pk: string, skPrefix?: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const page = await table.query(pk, {
      ...(skPrefix === undefined ? {} : { skPrefix }),
      ...(after === undefined ? {} : { after }),
    });
    // Nearly every partition fits into one page.
    if (after === undefined && page.next === undefined) return page.rows;
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return rows;
}
