import type { FleetConfig, IdleWindow } from './config.ts';
import type { Instant } from './instant.ts';
import { holdsAt, lastFiringBefore, parseSchedule } from './schedule.ts';

/** What is configured for now follows from the configuration and the time. Nothing is remembered. */
function windowAt(fleet: FleetConfig, now: Instant): IdleWindow | undefined {
  return fleet.idleConfig.find(({ cron, timeZone }) => holdsAt(parseSchedule(cron, timeZone), now));
}

/** How many idle runners stay: by the first window that holds now, else none. */
export const idleCountAt = (fleet: FleetConfig, now: Instant): number => windowAt(fleet, now)?.idleCount ?? 0;

/** Which idle runners go first: by the same window. */
export const evictionOrderAt = (fleet: FleetConfig, now: Instant): IdleWindow['evictionStrategy'] =>
  windowAt(fleet, now)?.evictionStrategy ?? 'oldest_first';

/** How many idle runners are to be ready: the largest of the ticks that still hold. */
export function poolSizeAt(fleet: FleetConfig, now: Instant): number {
  // A tick holds for one minute at least, or the functions, which run once a minute, would miss it.
  const holdsSeconds = Math.max(fleet.minimumRunningTimeMinutes, 1) * 60;
  const sizes = fleet.poolConfig.map(({ scheduleExpression, timeZone, size }) => {
    const firedAt = lastFiringBefore(parseSchedule(scheduleExpression, timeZone), now, holdsSeconds);
    return firedAt !== undefined && now < firedAt + holdsSeconds * 1000 ? size : 0;
  });
  return Math.max(0, ...sizes);
}
