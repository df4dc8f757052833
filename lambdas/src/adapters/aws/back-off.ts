import type { Clock } from '../../ports/clock.ts';

export type Patience = Pick<Clock, 'sleep' | 'fraction'>;

/** Waits before try number `tries` (from 1) is made again: up to 50 ms, doubled each time, up to a second; all of it jitter. */
export const backOff = ({ sleep, fraction }: Patience, tries: number): Promise<void> =>
  sleep(Math.min(1, 0.05 * 2 ** (tries - 1)) * fraction());
