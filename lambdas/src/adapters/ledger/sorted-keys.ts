import { firstIndex } from '../memory/first-index.ts';
import { byUtf8 } from './byte-order.ts';

/** Something with a key that never changes. */
interface Keyed {
  readonly sk: string;
}

/** In the order of their keys' bytes, each once. In blocks: one long list would move half of its items for each that comes. */
export type SortedKeys<Item extends Keyed> = Item[][];

/** Long enough to be few, short enough to be cheap to insert into. */
const blockLimit = 512;

/** The first block that does not end before it. */
const blockIndex = <Item extends Keyed>(blocks: SortedKeys<Item>, isReached: (item: Keyed) => boolean): number =>
  firstIndex(blocks, (block) => isReached(block[block.length - 1] as Keyed));

export function addKey<Item extends Keyed>(blocks: SortedKeys<Item>, item: Item): void {
  const isReached = ({ sk }: Keyed): boolean => byUtf8(sk, item.sk) >= 0;
  const index = Math.max(0, Math.min(blockIndex(blocks, isReached), blocks.length - 1));
  const block = blocks[index] ?? [];
  block.splice(firstIndex(block, isReached), 0, item);
  if (block.length === 1) blocks.push(block);
  if (block.length > blockLimit) blocks.splice(index + 1, 0, block.splice(blockLimit / 2));
}

export function removeKey<Item extends Keyed>(blocks: SortedKeys<Item>, key: string): void {
  const isReached = ({ sk }: Keyed): boolean => byUtf8(sk, key) >= 0;
  const index = blockIndex(blocks, isReached);
  const block = blocks[index] ?? [];
  block.splice(firstIndex(block, isReached), 1);
  if (block.length === 0) blocks.splice(index, 1);
}

/** Up to `limit` items whose keys begin with `prefix` and come after `after`. */
export function keysAfter<Item extends Keyed>(
  blocks: SortedKeys<Item>,
  prefix: string,
  after: string,
  limit: number,
): readonly Item[] {
  const isReached = ({ sk }: Keyed): boolean => byUtf8(sk, prefix) >= 0 && byUtf8(sk, after) > 0;
  const isPast = ({ sk }: Keyed): boolean => byUtf8(sk, prefix) > 0 && !sk.startsWith(prefix);
  let items: Item[] = [];
  for (let index = blockIndex(blocks, isReached); index < blocks.length; index++) {
    const block = blocks[index] as Item[];
    const place = firstIndex(block, isReached);
    const end = firstIndex(block, isPast);
    const found = block.slice(place, Math.min(end, place + limit - items.length));
    items = items.length === 0 ? found : items.concat(found);
    if (end < block.length || items.length === limit) break;
  }
  return items;
}
