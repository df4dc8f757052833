import { firstIndex } from '../memory/first-index.ts';
import { byUtf8 } from './byte-order.ts';

/** Texts in the order of their bytes, each once. In blocks: one long list would move half of its keys for each that comes. */
export type SortedKeys = string[][];

/** Long enough to be few, short enough to be cheap to insert into. */
const blockLimit = 512;

/** The first block that does not end before it. */
const blockIndex = (blocks: SortedKeys, isReached: (key: string) => boolean): number =>
  firstIndex(blocks, (block) => isReached(block[block.length - 1] ?? ''));

export function addKey(blocks: SortedKeys, key: string): void {
  const isReached = (other: string): boolean => byUtf8(other, key) >= 0;
  const index = Math.max(0, Math.min(blockIndex(blocks, isReached), blocks.length - 1));
  const block = blocks[index] ?? [];
  block.splice(firstIndex(block, isReached), 0, key);
  if (block.length === 1) blocks.push(block);
  if (block.length > blockLimit) blocks.splice(index + 1, 0, block.splice(blockLimit / 2));
}

export function removeKey(blocks: SortedKeys, key: string): void {
  const isReached = (other: string): boolean => byUtf8(other, key) >= 0;
  const index = blockIndex(blocks, isReached);
  const block = blocks[index] ?? [];
  block.splice(firstIndex(block, isReached), 1);
  if (block.length === 0) blocks.splice(index, 1);
}

/** Up to `limit` keys that begin with `prefix` and come after `after`. */
export function keysAfter(blocks: SortedKeys, prefix: string, after: string, limit: number): readonly string[] {
  const isReached = (key: string): boolean => byUtf8(key, prefix) >= 0 && byUtf8(key, after) > 0;
  const isPast = (key: string): boolean => byUtf8(key, prefix) > 0 && !key.startsWith(prefix);
  let keys: string[] = [];
  for (let index = blockIndex(blocks, isReached); index < blocks.length; index++) {
    const block = blocks[index] as string[];
    const place = firstIndex(block, isReached);
    const end = firstIndex(block, isPast);
    keys = keys.concat(block.slice(place, Math.min(end, place + limit - keys.length)));
    if (end < block.length || keys.length === limit) break;
  }
  return keys;
}
