import { addKey, keysAfter, removeKey, type SortedKeys } from './sorted-keys.ts';
import type { Attributes, Key, Row } from './table.ts';

/** Rows by key, each partition sorted, so that a query reads its own page and nothing else. */
export interface SortedRows {
  readonly size: () => number;
  readonly get: (key: Key) => Row | undefined;
  /** Undefined deletes. What is stored is frozen, as readers share it. */
  readonly set: (key: Key, attributes: Attributes | undefined) => void;
  readonly page: (pk: string, skPrefix: string, after: string, limit: number) => readonly Row[];
  readonly all: () => readonly Row[];
  /** Deletes what is not worth keeping. */
  readonly prune: (isKept: (row: Row) => boolean) => void;
}

interface Partition {
  readonly sortKeys: SortedKeys;
  readonly rows: Map<string, Row>;
}

export function sortedRows(): SortedRows {
  const partitions = new Map<string, Partition>();
  let size = 0;

  const store = ({ pk, sk }: Key, attributes: Attributes): void => {
    const row = Object.freeze({ key: Object.freeze({ pk, sk }), attributes: Object.freeze(attributes) });
    const partition = partitions.get(pk);
    if (partition?.rows.has(sk)) {
      partition.rows.set(sk, row);
      return;
    }
    size++;
    if (partition === undefined) {
      partitions.set(pk, { sortKeys: [[sk]], rows: new Map([[sk, row]]) });
    } else {
      addKey(partition.sortKeys, sk);
      partition.rows.set(sk, row);
    }
  };
  const remove = ({ pk, sk }: Key): void => {
    const partition = partitions.get(pk);
    if (!partition?.rows.delete(sk)) return;
    size--;
    if (partition.rows.size === 0) partitions.delete(pk);
    else removeKey(partition.sortKeys, sk);
  };

  return {
    size: () => size,
    get: ({ pk, sk }) => partitions.get(pk)?.rows.get(sk),
    set: (key, attributes) => (attributes === undefined ? remove(key) : store(key, attributes)),
    page: (pk, skPrefix, after, limit) => pageOf(partitions.get(pk), skPrefix, after, limit),
    all: () => [...partitions.values()].flatMap((partition) => pageOf(partition, '', '', Number.POSITIVE_INFINITY)),
    prune: (isKept) => {
      for (const { rows } of partitions.values()) for (const row of rows.values()) if (!isKept(row)) remove(row.key);
    },
  };
}

function pageOf(partition: Partition | undefined, skPrefix: string, after: string, limit: number): readonly Row[] {
  if (partition === undefined) return [];
  return keysAfter(partition.sortKeys, skPrefix, after, limit).map((sk) => partition.rows.get(sk) as Row);
}
