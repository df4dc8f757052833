import { after, type Instant } from '../../core/instant.ts';
import type { OwnHost } from '../../ports/hosts.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';

export interface JoinedLooksOptions {
  readonly time: VirtualTime;
  readonly own: OwnHost;
  /** By the system's own clock, when the agent's machine started. */
  readonly startedAt: Instant;
  /** A worker runs, and nothing is wrong with the machine: until it is stirred, each look sees the same. */
  readonly isCalm: () => boolean;
}

/**
 * One agent's looks while its worker runs. Most of them see what the look before saw and do nothing, and there would be
 * more of them than of anything else in a run: the agent sleeps until the first look of its row of looks that can differ.
 */
export interface JoinedLooks {
  /** The agent's own row; what it hears of it decides when it writes next. */
  readonly own: OwnHost;
  /** Wakes it by a look that it asked for, or by the later one that is the first to see something new. */
  sleep(seconds: number, wake: () => void): void;
  /** What a look sees has changed. */
  stir(): void;
}

interface Sleep {
  readonly from: Instant;
  readonly seconds: number;
  readonly rise: () => void;
  at: Instant;
}

export function joinedLooks({ time, own, startedAt, isCalm }: JoinedLooksOptions): JoinedLooks {
  let asleep: Sleep | undefined;
  let read: { readonly renewalSeconds: number; readonly hardLimitSeconds: number } | undefined;
  let saidBusyAt: Instant | undefined;

  /** When it renews its lease or ends, whatever it sees. */
  const dueAt = (): Instant | undefined => {
    if (read === undefined || saidBusyAt === undefined) return undefined;
    return Math.min(after(saidBusyAt, read.renewalSeconds), after(startedAt, read.hardLimitSeconds));
  };
  const riseAt = (sleep: Sleep, at: Instant): void => {
    sleep.at = at;
    time.at(at, () => {
      if (asleep !== sleep || sleep.at !== at) return;
      asleep = undefined;
      sleep.rise();
    });
  };

  return {
    own: {
      ...own,
      async read() {
        read = undefined;
        const row = await own.read();
        if (row === 'absent') return row;
        const { leaseRenewalSeconds: renewalSeconds, hardLimitSeconds } = row.policy;
        read = { renewalSeconds, hardLimitSeconds };
        return row;
      },
      async renew(lease) {
        saidBusyAt = undefined;
        const outcome = await own.renew(lease);
        if (outcome === 'renewed' && lease.sees === 'busy') saidBusyAt = lease.at;
        return outcome;
      },
    },
    sleep(seconds, wake) {
      const from = time.now();
      const due = seconds > 0 && isCalm() ? dueAt() : undefined;
      if (due === undefined) return time.at(after(from, seconds), wake);
      asleep = { from, seconds, rise: wake, at: from };
      riseAt(asleep, lookFrom(asleep, due));
    },
    stir() {
      if (asleep === undefined) return;
      const at = lookFrom(asleep, time.now());
      if (at < asleep.at) riseAt(asleep, at);
    },
  };
}

/** The first of its looks at that time or later. */
const lookFrom = ({ from, seconds }: Sleep, at: Instant): Instant =>
  Math.ceil(after(from, seconds * Math.max(1, Math.ceil((at - from) / (seconds * 1000)))));
