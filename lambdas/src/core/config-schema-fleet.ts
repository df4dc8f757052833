import * as v from 'valibot';
import { ec2Entries } from './config-schema-ec2.ts';
import { count, distinct, flag, limit, list, oneOf, readBy, section, text, whole } from './config-schema-fields.ts';
import { parseSchedule } from './schedule.ts';
import { timeZone } from './time-zone.ts';

const label = text(/^[^\s,]{1,256}$/, 'a label: 1 to 256 characters without spaces and commas');

/** An owner, or one of its repositories. */
export const ownerName = text(
  /^[a-z0-9][a-z0-9_.-]*(\/[a-z0-9_.-]+)?$/i,
  'an owner or a repository, such as acme or acme/app',
);

const schedule = readBy(
  (expression) => parseSchedule(expression, 'UTC'),
  'cron such as "* * 9-17 * * 1-5", "cron(0 9 ? * MON-FRI *)" or "rate(5 minutes)"',
);
const zone = v.optional(readBy(timeZone, 'an IANA time zone such as Europe/Berlin'), 'UTC');

export const idleWindowEntries = {
  cron: schedule,
  timeZone: zone,
  idleCount: count,
  evictionStrategy: v.optional(oneOf('oldest_first', 'newest_first'), 'oldest_first'),
};

export const poolTickEntries = { scheduleExpression: schedule, timeZone: zone, size: count };

const names = (words: string) => list(text(/^\S{1,128}$/, `a name without spaces`), 1, 100, words);

const minutesOfAWeek = 7 * 24 * 60;

export const fleetEntries = {
  labels: v.pipe(list(label, 1, 100, '1 to 100 labels'), distinct),
  priority: v.optional(whole(0, 999, ' (lower comes first)'), 999),
  scope: v.optional(oneOf('org', 'repo', 'enterprise'), 'org'),
  owners: v.optional(v.pipe(list(ownerName, 0, 1000, 'owners and repositories'), distinct), []),
  runnerGroup: v.optional(text(/^\S(.{0,126}\S)?$/, 'the name of a runner group'), 'Default'),
  ephemeral: v.optional(flag, true),
  runnersMaximumCount: v.optional(limit('; 0: none may start'), 3),
  minimumRunningTimeMinutes: v.optional(whole(0, minutesOfAWeek), 5),
  runnerBootTimeMinutes: v.optional(whole(1, minutesOfAWeek), 5),
  firstJobMinutes: v.optional(whole(1, minutesOfAWeek), 10),
  // Just beyond the longest job that GitHub allows, of five days.
  hardLimitHours: v.optional(whole(1, 8784), 121),
  idleConfig: v.optional(list(section(idleWindowEntries), 0, 100, 'idle windows'), []),
  poolConfig: v.optional(list(section(poolTickEntries), 0, 100, 'pool ticks'), []),
  poolRunnerOwner: v.optional(ownerName),
  delayWebhookEventSeconds: v.optional(v.nullable(whole(0, 900, ', or null')), null),
  enableJobQueuedCheck: v.nullish(flag),
  launchesPerHourLimit: v.optional(whole(1, 100_000), 1000),
  instanceTypes: v.optional(names('instance types'), ['process']),
  zones: v.optional(names('zones')),
  market: v.optional(oneOf('spot', 'on-demand'), 'spot'),
  onDemandFailover: v.optional(flag, false),
  ec2: v.optional(section(ec2Entries)),
};

export const fleetSchema = section(fleetEntries);

/** The fields alone, as unknown ones are a problem. */
export type FleetInput = v.InferOutput<v.ObjectSchema<typeof fleetEntries, undefined>>;
