import { after, ageSeconds, type Instant } from './instant.ts';

/**
 * A leaky bucket as one instant, the *theoretical arrival time* of the next unit (the generic cell rate algorithm):
 * a database can check and move it by a condition, without arithmetic on its side.
 */
export interface BucketRate {
  /** Seconds that one unit takes to flow away. */
  readonly secondsEach: number;
  /** How far ahead may be drawn. */
  readonly burstSeconds: number;
}

/** Units that may be taken now. */
export function roomIn(tat: Instant, rate: BucketRate, now: Instant): number {
  const aheadSeconds = Math.max(0, (tat - now) / 1000);
  return Math.max(0, Math.floor((rate.burstSeconds - aheadSeconds) / rate.secondsEach + 1e-9));
}

/**
 * Seconds to take from a bucket for `units` that were drawn and not used: their own, without what has flowed away since, as
 * if that had been theirs. It was at most theirs; where several are given back, nobody knows whose it was, and as much more
 * would come out of what others have drawn, beyond burst and flow.
 */
export const secondsToGiveBack = (units: number, secondsEach: number, drawnAt: Instant, now: Instant): number =>
  Math.max(0, units * secondsEach - ageSeconds(drawnAt, now));

/** Units that it ever has room for at once. */
export const mostIn = (rate: BucketRate): number => roomIn(0, rate, 0);

/** The bucket with `units` more. */
export const drawn = (tat: Instant, units: number, rate: BucketRate, now: Instant): Instant =>
  after(Math.max(tat, now), units * rate.secondsEach);

/** Seconds until `units` fit. 0: they fit now. */
export function secondsUntilRoom(tat: Instant, units: number, rate: BucketRate, now: Instant): number {
  const needed = Math.min(units * rate.secondsEach, rate.burstSeconds);
  return Math.max(0, (tat - now) / 1000 - (rate.burstSeconds - needed));
}
