import { after, type Instant } from './instant.ts';

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
 * Seconds to take from a bucket for the last `back` of the `units` that were drawn when it stood at `from`: as many as have not
 * flowed away yet. Given back in full after hours, they would come out of what others have drawn since, beyond burst and flow.
 */
export function secondsToGiveBack(
  draw: { readonly units: number; readonly from: Instant; readonly secondsEach: number },
  back: number,
  now: Instant,
): number {
  const untilFlownSeconds = (draw.from - now) / 1000 + draw.units * draw.secondsEach;
  return Math.max(0, Math.min(back * draw.secondsEach, untilFlownSeconds));
}

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
