/** A point in time, in milliseconds since the epoch, as `Date.now()` gives it. Names of instants end in `At`. */
export type Instant = number;

/** Durations are in seconds everywhere (names end in `Seconds`); this is the one place that turns them into instants. */
export const after = (instant: Instant, seconds: number): Instant => instant + seconds * 1000;

/** Seconds from `since` to `now`; never negative, so that a clock that steps back ages nothing. */
export const ageSeconds = (since: Instant, now: Instant): number => Math.max(0, (now - since) / 1000);
