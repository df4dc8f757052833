import type { Instant } from '../core/instant.ts';

/** Time and chance. Nothing else may read a clock, wait, or draw. */
export interface Clock {
  now(): Instant;
  sleep(seconds: number): Promise<void>;
  /** 0 ≤ x < 1, for jitter. */
  fraction(): number;
  /** A new unique id of letters, digits and dashes, at most 36 characters. */
  id(): string;
}
