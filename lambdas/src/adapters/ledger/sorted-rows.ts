import { vanishesAt } from './apply-write.ts';
import { addKey, keysAfter, removeKey, type SortedKeys } from './sorted-keys.ts';
import type { Attributes, Key, Row } from './table.ts';

/** A row, and what every read of it asks for, found out once. */
export interface StoredRow {
  readonly row: Row;
  /** In milliseconds; undefined: never. */
  readonly vanishesAt: number | undefined;
}

/** Rows by key, each partition sorted, so that a query reads its own page and nothing else. */
export interface SortedRows {
  readonly size: () => number;
  readonly get: (key: Key) => StoredRow | undefined;
  /** Undefined deletes. What is stored is frozen, as readers share it. */
  readonly set: (key: Key, attributes: Attributes | undefined) => void;
  readonly page: (pk: string, skPrefix: string, after: string, limit: number) => readonly StoredRow[];
  readonly all: () => readonly StoredRow[];
  /** Deletes what is not worth keeping. */
  readonly prune: (isKept: (row: StoredRow) => boolean) => void;
}

/** Its place among its partition's rows stays, whatever is written to it: a page is read without looking up its keys. */
interface Place extends StoredRow {
  readonly sk: string;
  row: Row;
  vanishesAt: number | undefined;
}

interface Partition {
  readonly sorted: SortedKeys<Place>;
  readonly places: Map<string, Place>;
}

export function sortedRows(): SortedRows {
  const partitions = new Map<string, Partition>();
  let size = 0;

  const store = ({ pk, sk }: Key, attributes: Attributes): void => {
    const row = Object.freeze({ key: Object.freeze({ pk, sk }), attributes: Object.freeze(attributes) });
    const partition = partitions.get(pk);
    const taken = partition?.places.get(sk);
    if (taken !== undefined) {
      taken.row = row;
      taken.vanishesAt = vanishesAt(attributes);
      return;
    }
    size++;
    const place = { sk, row, vanishesAt: vanishesAt(attributes) };
    if (partition === undefined) {
      partitions.set(pk, { sorted: [[place]], places: new Map([[sk, place]]) });
    } else {
      addKey(partition.sorted, place);
      partition.places.set(sk, place);
    }
  };
  const remove = ({ pk, sk }: Key): void => {
    const partition = partitions.get(pk);
    if (!partition?.places.delete(sk)) return;
    size--;
    if (partition.places.size === 0) partitions.delete(pk);
    else removeKey(partition.sorted, sk);
  };
  const page: SortedRows['page'] = (pk, skPrefix, after, limit) => {
    const partition = partitions.get(pk);
    return partition === undefined ? [] : keysAfter(partition.sorted, skPrefix, after, limit);
  };

  return {
    size: () => size,
    get: ({ pk, sk }) => partitions.get(pk)?.places.get(sk),
    set: (key, attributes) => (attributes === undefined ? remove(key) : store(key, attributes)),
    page,
    all: () => [...partitions.keys()].flatMap((pk) => page(pk, '', '', Number.POSITIVE_INFINITY)),
    prune: (isKept) => {
      for (const { places } of partitions.values()) {
        for (const place of places.values()) if (!isKept(place)) remove(place.row.key);
      }
    },
  };
}
