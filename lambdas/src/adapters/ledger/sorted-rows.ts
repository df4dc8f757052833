import { byUtf8 } from './byte-order.ts';
import { type SortedKeys, sortedKeys } from './sorted-keys.ts';
import type { Attributes, Key, Row, Value } from './table.ts';

/** Rows by key, each partition sorted, so that a query reads its own page and nothing else. */
export interface SortedRows {
  readonly size: () => number;
  readonly get: (key: Key) => Attributes | undefined;
  /** Undefined deletes. What is stored is a copy, and frozen: neither its writer nor a reader may change it. */
  readonly set: (key: Key, attributes: Attributes | undefined) => void;
  readonly page: (pk: string, skPrefix: string, after: string, limit: number) => readonly Row[];
  readonly all: () => readonly Row[];
}

interface Partition {
  readonly sortKeys: SortedKeys;
  readonly rows: Map<string, Attributes>;
}

const newPartition = (): Partition => ({ sortKeys: sortedKeys(), rows: new Map() });

export function sortedRows(): SortedRows {
  const partitions = new Map<string, Partition>();
  let size = 0;

  const set = (key: Key, attributes: Attributes | undefined): void => {
    const partition = partitions.get(key.pk) ?? newPartition();
    const sizeBefore = partition.rows.size;
    setIn(partition, key.sk, attributes);
    size += partition.rows.size - sizeBefore;
    if (partition.rows.size === 0) partitions.delete(key.pk);
    else partitions.set(key.pk, partition);
  };

  return {
    size: () => size,
    get: ({ pk, sk }) => partitions.get(pk)?.rows.get(sk),
    set,
    page: (pk, skPrefix, after, limit) => pageOf(partitions.get(pk), pk, skPrefix, after, limit),
    all: () => [...partitions].flatMap(([pk, partition]) => pageOf(partition, pk, '', '', Number.POSITIVE_INFINITY)),
  };
}

function pageOf(
  { sortKeys, rows }: Partition = newPartition(),
  pk: string,
  skPrefix: string,
  after: string,
  limit: number,
): readonly Row[] {
  const page: Row[] = [];
  for (const sk of sortKeys.from((sk) => byUtf8(sk, skPrefix) >= 0 && byUtf8(sk, after) > 0)) {
    const attributes = rows.get(sk);
    if (page.length >= limit || attributes === undefined || !sk.startsWith(skPrefix)) break;
    page.push({ key: { pk, sk }, attributes });
  }
  return page;
}

function setIn({ sortKeys, rows }: Partition, sk: string, attributes: Attributes | undefined): void {
  const isKnown = rows.has(sk);
  if (isKnown && attributes === undefined) sortKeys.remove(sk);
  if (!isKnown && attributes !== undefined) sortKeys.add(sk);
  if (attributes === undefined) rows.delete(sk);
  else rows.set(sk, frozenCopy(attributes));
}

function frozenCopy<Kind extends Value>(value: Kind): Kind {
  if (typeof value !== 'object' || value === null) return value;
  const copy = Array.isArray(value)
    ? value.map(frozenCopy)
    : Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, frozenCopy(inner)]));
  return Object.freeze(copy) as Kind;
}
