import { after, ageSeconds, type Instant } from './instant.ts';
import { leaseLookOf } from './lease-look.ts';
import type { Looks } from './runner.ts';
import type { RunnerLook } from './runner-plan.ts';
import type { Timing } from './timing.ts';

/** What was seen of a runner now, together with what was noted before. */
export function looksOf(look: RunnerLook, timing: Timing, now: Instant): Looks {
  const { standing, instance } = look;
  const { row } = standing;
  const lease = leaseLookOf(standing, timing, now);
  const isOld = ageSeconds(row.launchedAt, now) >= timing.listLagSeconds;
  const missingAt = instance === 'unlisted' && isOld ? (row.looks.missingAt ?? now) : undefined;
  const silent = lease.kind === 'moving' ? undefined : silentLook(look, lease.counter, timing, now);
  return {
    ...(missingAt === undefined ? {} : { missingAt }),
    ...unlistedLooks(look, timing, now),
    ...(silent === undefined ? {} : { silent }),
  };
}

/** That time has passed since the first look confirms nothing: a runner is looked at before it listens, and seldom after. */
function unlistedLooks({ standing, registration }: RunnerLook, timing: Timing, now: Instant): Looks {
  const { unlistedAt: since, unlistedTwice: isConfirmed } = standing.row.looks;
  if (registration === 'unknown') {
    return { ...(since !== undefined && { unlistedAt: since }), ...(isConfirmed && { unlistedTwice: true }) };
  }
  if (standing.host?.lease?.sees !== 'idle' || !isAway(registration)) return {};
  const isSecond = since !== undefined && now >= after(since, timing.unlistedSeconds);
  return { unlistedAt: since ?? now, ...(isSecond && { unlistedTwice: true }) };
}

/**
 * Since when the lease stands where it stands. A look at which the forge was not asked, or still called it online, can't
 * be the first of two that end it; so that it need not stay for ever, the first one that can begins anew.
 */
function silentLook(
  { standing, registration }: RunnerLook,
  counter: number,
  timing: Timing,
  now: Instant,
): Looks['silent'] {
  const known = standing.row.looks.silent;
  const noted = known?.counter === counter ? known : undefined;
  const offlineToo = isAway(registration);
  const stands = noted !== undefined && (noted.offlineToo || !offlineToo);
  const { since, offlineToo: isAwayToo } = stands ? noted : { since: now, offlineToo };
  return { counter, since, offlineToo: isAwayToo, ...calledBusy(noted, registration, timing, now) };
}

/**
 * A lie about it is over within the time between two looks, so that one who works is called busy in between. Only looks
 * count: nobody knows what the forge would have said while no function ran.
 */
function calledBusy(
  noted: Looks['silent'],
  registration: RunnerLook['registration'],
  timing: Timing,
  now: Instant,
): Pick<NonNullable<Looks['silent']>, 'busyAt' | 'idleAt'> {
  const { busyAt, idleAt } = noted ?? {};
  if (typeof registration === 'object' && registration.busy) {
    // In steps: a silence of ours would else cost a write for each runner and look.
    const isNews = busyAt === undefined || now >= after(busyAt, timing.lostSeconds / 10);
    return { busyAt: isNews ? now : busyAt };
  }
  if (busyAt === undefined) return {};
  if (registration === 'unknown') return { busyAt, ...(idleAt !== undefined && { idleAt }) };
  return { busyAt, idleAt: idleAt ?? now };
}

/** The forge calls it offline, or does not know it. A list that failed says nothing. */
export const isAway = (registration: RunnerLook['registration']): boolean =>
  registration === 'absent' || (registration !== 'unknown' && !registration.online);
