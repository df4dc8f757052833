import type { Instance } from '../../src/core/instance.ts';
import { after, type Instant } from '../../src/core/instant.ts';
import type { Lane } from '../../src/core/lane.ts';
import type { Intent, LaneJob, LaneView } from '../../src/core/lane-view.ts';
import type { Registration } from '../../src/core/registration.ts';
import type { HostRow, Lease, Looks, RunnerRow } from '../../src/core/runner.ts';

/** A Monday noon: when every case below happens, unless it says otherwise. */
export const now: Instant = Date.UTC(2026, 0, 5, 12);
export const lane: Lane = { fleet: 'linux-x64', scope: 'org:acme' };

export const ago = (seconds: number): Instant => after(now, -seconds);
export const ahead = (seconds: number): Instant => after(now, seconds);

export const aRow = (fields: Partial<RunnerRow> = {}): RunnerRow => ({
  instanceId: 'i-1',
  launchId: 'launch-1',
  launchedAt: ago(600),
  phase: 'up',
  reason: 'launched',
  phaseAt: ago(600),
  looks: {},
  ...fields,
});

export const aLease = (sees: Lease['sees'], fields: Partial<Lease> = {}): Lease => ({
  counter: 7,
  sees,
  since: ago(60),
  at: ago(10),
  ...fields,
});

interface SilentLooks {
  readonly counter?: number;
  readonly offlineToo?: boolean;
  /** How many seconds ago the last look was at which the forge answered. */
  readonly seen?: number;
}

/** A lease that stands still for that many seconds, of a runner that no look called busy in all that time. */
export const silentLooks = (
  seconds: number,
  { counter = 7, offlineToo = true, seen = 60 }: SilentLooks = {},
): Looks => ({
  silent: { counter, since: ago(seconds), notBusy: { seconds: seconds - seen, until: ago(seen), offlineToo } },
});

/** A host that took its grant and says what the lease says. */
export const aHost = (lease: Lease | undefined, fields: Partial<HostRow> = {}): HostRow => {
  const instanceId = fields.instanceId ?? 'i-1';
  return {
    instanceId,
    lane: 'linux-x64/org:acme',
    grantState: 'taken',
    registration: { id: '1', name: `ci-${instanceId}` },
    ...(lease === undefined ? {} : { lease }),
    ...fields,
  };
};

export const aLaneJob = (id: number, fields: Partial<LaneJob> = {}): LaneJob => ({
  key: `memory/acme/app/${id}`,
  ref: { repo: 'acme/app', id: String(id), attempt: 1 },
  state: 'queued',
  queuedAt: ago(30),
  launches: 0,
  ...fields,
});

export const anInstance = (fields: Partial<Instance> = {}): Instance => ({
  id: 'i-1',
  lane: 'linux-x64/org:acme',
  fleet: 'linux-x64',
  launchId: 'launch-1',
  state: 'running',
  launchedAt: ago(600),
  type: 'process',
  zone: 'local',
  market: 'spot',
  bypassRemoval: false,
  impaired: false,
  ...fields,
});

export const aRegistration = (fields: Partial<Registration> = {}): Registration => ({
  id: '1',
  name: 'ci-i-1',
  online: true,
  busy: false,
  labels: [],
  ...fields,
});

export const anIntent = (launchId: string, count: number, fields: Partial<Intent> = {}): Intent => ({
  launchId,
  lane,
  count,
  app: 'app-1',
  writtenAt: ago(5),
  ownedUntil: ahead(145),
  notAfter: ahead(295),
  grantsFrom: ago(5),
  secondsEach: { budget: 1, hourly: 1 },
  steps: [],
  ...fields,
});

export const aView = (fields: Partial<LaneView> = {}): LaneView => ({
  lane,
  seq: 1,
  continuations: 0,
  workedRunners: 0,
  intents: [],
  runners: [],
  jobs: [],
  ...fields,
});
