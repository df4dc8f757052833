import type { Instant } from '../../core/instant.ts';

/** Instants in the order of their coming, in room that hardly grows: the older they are, the fewer of them are kept. */
export interface ThinnedInstants {
  add(at: Instant): void;
  /** The first one that is not before it; or a later one, by at most a hundredth of that one's age. */
  firstFrom(at: Instant): Instant | undefined;
}

const gapShare = 0.01;
/** So many are kept without looking at them; a hundredth of the age means some two thousand for a month. */
const leastRoom = 1_000;

export function thinnedInstants(): ThinnedInstants {
  let kept: Instant[] = [];
  let room = leastRoom;
  return {
    add(at) {
      kept.push(at);
      if (kept.length <= room) return;
      kept = thinned(kept, at);
      // Thinning goes over all of them: it waits until they have doubled.
      room = Math.max(leastRoom, 2 * kept.length);
    },
    firstFrom(at) {
      let low = 0;
      let high = kept.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((kept[middle] as Instant) < at) low = middle + 1;
        else high = middle;
      }
      return kept[low];
    },
  };
}

/** From the youngest on, one goes if the gap that it leaves is small beside the age of the next younger one. */
function thinned(all: readonly Instant[], now: Instant): Instant[] {
  let younger = now;
  const staying = all.toReversed().filter((at, place, youngestFirst) => {
    const older = youngestFirst[place + 1];
    if (older !== undefined && younger - older <= gapShare * (now - younger)) return false;
    younger = at;
    return true;
  });
  return staying.reverse();
}
