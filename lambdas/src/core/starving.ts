import type { Balance } from './balance.ts';
import { after, type Instant } from './instant.ts';
import type { Starving } from './lane-view.ts';
import type { Timing } from './timing.ts';

/** Since when a lane goes without: as long as its oldest job waits. A pool can wait for anybody. */
export const starvingSince = ({ waiting }: Balance, now: Instant): Instant =>
  waiting.length === 0 ? now : waiting.reduce((oldest, { queuedAt }) => Math.min(oldest, queuedAt), Infinity);

/** A lane that still starves says so at each of its continuations; one that stopped saying it may be gone. */
export const isSeenLately = (starving: Starving, timing: Timing, now: Instant): boolean =>
  now < after(starving.seenAt, 2 * timing.continuationLastSeconds);
