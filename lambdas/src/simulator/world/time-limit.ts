import { after, type Instant } from '../../core/instant.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';

/** Begins something, and tells when its time is over. Whoever is done with it in time says so. */
export type TimeLimit = (onLate: () => void) => { done(): void };

/**
 * The same limit for many things: nearly all of them are done long before it, so one timer waits for the eldest of those
 * that are not, rather than one for each.
 */
export function timeLimit(time: VirtualTime, seconds: number): TimeLimit {
  const open = new Map<() => void, Instant>();
  let isWaiting = false;

  const wait = (): void => {
    const [endsAt] = open.values();
    isWaiting = endsAt !== undefined;
    if (endsAt !== undefined) time.at(endsAt, tell);
  };
  const tell = (): void => {
    for (const [onLate, endsAt] of open) {
      if (endsAt > time.now()) break;
      open.delete(onLate);
      onLate();
    }
    wait();
  };

  return (onLate) => {
    open.set(onLate, after(time.now(), seconds));
    if (!isWaiting) wait();
    return { done: () => void open.delete(onLate) };
  };
}
