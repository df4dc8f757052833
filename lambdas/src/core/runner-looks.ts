import { after, ageSeconds, type Instant } from './instant.ts';
import { leaseLookOf } from './lease-look.ts';
import type { Looks, NotBusyLooks } from './runner.ts';
import type { RunnerLook, RunnerPolicy } from './runner-plan.ts';
import type { Timing } from './timing.ts';

type LookPolicy = Pick<RunnerPolicy, 'timing' | 'isSilenceOurs'>;

/** What was seen of a runner now, together with what was noted before. */
export function looksOf(look: RunnerLook, policy: LookPolicy, now: Instant): Looks {
  const { timing } = policy;
  const { standing, instance } = look;
  const { row } = standing;
  const lease = leaseLookOf(standing, timing, now);
  const isOld = ageSeconds(row.launchedAt, now) >= timing.listLagSeconds;
  const missingAt = instance === 'unlisted' && isOld ? (row.looks.missingAt ?? now) : undefined;
  const silent = lease.kind === 'moving' ? undefined : silentLook(look, lease.counter, policy, now);
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

/** Since when the lease stands where it stands, and what the forge said of its runner meanwhile. */
function silentLook(
  { standing, registration }: RunnerLook,
  counter: number,
  { timing, isSilenceOurs }: LookPolicy,
  now: Instant,
): Looks['silent'] {
  const known = standing.row.looks.silent;
  const noted = known?.counter === counter ? known : undefined;
  // What keeps so many from us may keep them from the forge as well: then it calls none of them busy.
  const notBusy = isSilenceOurs ? undefined : notBusyLooks(noted?.notBusy, registration, timing, now);
  return { counter, since: noted?.since ?? now, ...(notBusy && { notBusy }) };
}

/**
 * The looks that end a silent runner, in a row. One that finds it online can't be the first of them; so that it need not
 * stay for ever, the first one that can begins anew. One for which no list came is none.
 */
function notBusyLooks(
  noted: NotBusyLooks | undefined,
  registration: RunnerLook['registration'],
  timing: Timing,
  now: Instant,
): NotBusyLooks | undefined {
  if (registration === 'unknown') return noted;
  if (registration !== 'absent' && registration.busy) return undefined;
  const offlineToo = isAway(registration);
  if (noted === undefined || (offlineToo && !noted.offlineToo)) return { seconds: 0, until: now, offlineToo };
  // In steps: a silence of ours would else cost a write for each runner and look.
  if (now < after(noted.until, timing.lostSeconds / 10)) return noted;
  return { ...noted, seconds: notBusySeconds(noted, timing, now), until: now };
}

/**
 * How long it was seen not to be busy. A lie about that is over within `lostSeconds`, so that one who works is called
 * busy in between, if somebody looks: what the forge would have said while no function ran, nobody knows.
 */
export function notBusySeconds(looks: NotBusyLooks | undefined, timing: Timing, now: Instant): number {
  if (looks === undefined) return 0;
  return looks.seconds + Math.min(ageSeconds(looks.until, now), timing.lostSeconds / 5);
}

/** The forge calls it offline, or does not know it. A list that failed says nothing. */
export const isAway = (registration: RunnerLook['registration']): boolean =>
  registration === 'absent' || (registration !== 'unknown' && !registration.online);
