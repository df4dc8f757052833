import type { LaneFacts } from '../src/core/balance.ts';
import type { Instance } from '../src/core/instance.ts';
import type { Instant } from '../src/core/instant.ts';
import { type Lane, laneKey } from '../src/core/lane.ts';
import type { LaneJob } from '../src/core/lane-view.ts';
import type { Registration } from '../src/core/registration.ts';
import type { HostRow, RunnerRow } from '../src/core/runner.ts';
import { runnerName } from '../src/core/runner-name.ts';

/** What one lane holds: runners that work, runners that wait, and jobs that nobody runs. */
export interface LaneSize {
  readonly lane: Lane;
  readonly busy: number;
  readonly idle: number;
  readonly waiting: number;
}

export interface LaneState {
  readonly facts: LaneFacts;
  readonly instances: readonly Instance[];
  readonly registrations: readonly Registration[];
}

/** A lane in good order: every machine listed, every lease moving, every busy runner named by its job. */
export function laneState(size: LaneSize, now: Instant): LaneState {
  const { lane, busy, idle, waiting } = size;
  const launchedAt = now - 1_800_000;
  const ids = Array.from({ length: busy + idle }, (_, index) => `i-${String(index).padStart(17, '0')}`);
  const own = ids.map((id) => `${id}-${lane.scope.replaceAll(/[^a-z0-9]/g, '')}`);
  const runners = own.map((id) => runnerRow(id, launchedAt));
  const hosts = own.map((id, index) => hostRow(id, lane, index < busy ? 'busy' : 'idle', now));
  const running = own.slice(0, busy).map((id, index) => laneJob(lane, index, launchedAt, runnerName('ci', id)));
  const queued = Array.from({ length: waiting }, (_, index) => laneJob(lane, busy + index, now - index));
  return {
    facts: {
      view: { lane, seq: 1, continuations: 0, workedRunners: 0, intents: [], runners, jobs: [...running, ...queued] },
      hosts: new Map(hosts.map((host) => [host.instanceId, host])),
    },
    instances: own.map((id) => instance(id, lane, launchedAt)),
    registrations: own.map((id, index) => registration(id, index < busy)),
  };
}

const runnerRow = (instanceId: string, launchedAt: Instant): RunnerRow => ({
  instanceId,
  launchId: '00000000-0000-4000-8000-000000000000',
  launchedAt,
  phase: 'up',
  reason: 'launched',
  phaseAt: launchedAt,
  looks: {},
});

const hostRow = (instanceId: string, lane: Lane, sees: 'busy' | 'idle', now: Instant): HostRow => ({
  instanceId,
  lane: laneKey(lane),
  grantState: 'taken',
  registration: { id: instanceId, name: runnerName('ci', instanceId) },
  lease: { counter: 30, sees, since: now - 1_200_000, at: now - 20_000 },
});

const laneJob = (lane: Lane, index: number, queuedAt: Instant, runner?: string): LaneJob => {
  const repo = `${lane.scope.slice(lane.scope.indexOf(':') + 1)}/app`;
  const id = String(60_000_000_000 + index);
  return {
    key: `github/${repo}/${id}`,
    ref: { repo, id, attempt: 1 },
    state: runner === undefined ? 'queued' : 'running',
    queuedAt,
    launches: 1,
    ...(runner === undefined ? {} : { runnerName: runner, startedAt: queuedAt }),
  };
};

const instance = (id: string, lane: Lane, launchedAt: Instant): Instance => ({
  id,
  lane: laneKey(lane),
  fleet: lane.fleet,
  launchId: '00000000-0000-4000-8000-000000000000',
  state: 'running',
  launchedAt,
  type: 'm7i.large',
  zone: 'eu-west-1a',
  market: 'spot',
  bypassRemoval: false,
  impaired: false,
});

const registration = (id: string, busy: boolean): Registration => ({
  id,
  name: runnerName('ci', id),
  online: true,
  busy,
  labels: ['self-hosted', 'linux', 'x64'],
});
