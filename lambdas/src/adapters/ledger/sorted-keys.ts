import { firstIndex } from '../memory/first-index.ts';
import { byUtf8 } from './byte-order.ts';

/** Texts in the order of their bytes, each once. */
export interface SortedKeys {
  readonly add: (key: string) => void;
  readonly remove: (key: string) => void;
  /** From the first that `isReached` holds for; it must hold for all after that one. */
  readonly from: (isReached: (key: string) => boolean) => Iterable<string>;
}

/** Long enough to be few, short enough to be cheap to insert into. */
const blockLimit = 512;

/** In blocks: one long array would move half of its keys for each that comes. */
export function sortedKeys(): SortedKeys {
  const blocks: string[][] = [];
  /** The first block that does not end before it. */
  const blockIndex = (isReached: (key: string) => boolean): number =>
    firstIndex(blocks, (block) => isReached(block.at(-1) ?? ''));

  return {
    add: (key) => {
      const isReached = (other: string): boolean => byUtf8(other, key) >= 0;
      const index = Math.max(0, Math.min(blockIndex(isReached), blocks.length - 1));
      const block = blocks[index] ?? [];
      block.splice(firstIndex(block, isReached), 0, key);
      if (block.length === 1) blocks.push(block);
      if (block.length > blockLimit) blocks.splice(index + 1, 0, block.splice(blockLimit / 2));
    },
    remove: (key) => {
      const isReached = (other: string): boolean => byUtf8(other, key) >= 0;
      const index = blockIndex(isReached);
      const block = blocks[index] ?? [];
      block.splice(firstIndex(block, isReached), 1);
      if (block.length === 0) blocks.splice(index, 1);
    },
    from: function* (isReached) {
      let index = blockIndex(isReached);
      const first = blocks[index] ?? [];
      yield* first.slice(firstIndex(first, isReached));
      for (index++; index < blocks.length; index++) yield* blocks[index] ?? [];
    },
  };
}
