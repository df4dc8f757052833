import { keys } from '../src/adapters/ledger/keys.ts';
import { toAttributes } from '../src/adapters/ledger/rows.ts';
import type { Write } from '../src/adapters/ledger/table.ts';
import { inChunks } from '../src/core/in-chunks.ts';
import type { Instance } from '../src/core/instance.ts';
import { type Lane, laneKey } from '../src/core/lane.ts';
import type { RunnerRow } from '../src/core/runner.ts';
import { runnerName } from '../src/core/runner-name.ts';
import { hostPolicyOf } from '../src/functions/host-policy.ts';
import { type City, city } from '../tests/city/city.ts';

export interface DeploymentSize {
  readonly lanes: number;
  readonly busy: number;
  readonly idle: number;
  /** Whether an idle window keeps the idle ones. */
  readonly isQuiet: boolean;
}

const machinesPerLaunch = 100;
const ageSeconds = 1800;
const always = { cron: '* * * * * *', timeZone: 'UTC', evictionStrategy: 'oldest_first' } as const;

/** A deployment in good order, half an hour old: each busy runner named by its job, each lease written lately. */
export async function largeDeployment({ lanes, busy, idle, isQuiet }: DeploymentSize): Promise<City> {
  const idleConfig = isQuiet ? [{ ...always, idleCount: idle / lanes }] : [];
  const town = city({ fleets: [{ runnersMaximumCount: -1, scope: 'repo', idleConfig }] });
  for (let index = 0; index < lanes; index++) {
    const lane: Lane = { fleet: 'linux-x64', scope: `repo:acme/app-${index}` };
    await fillLane(town, lane, busy / lanes, (busy + idle) / lanes);
  }
  await town.clock.advance(ageSeconds);
  const now = town.clock.now();
  for (const [index, { instanceId }] of town.hosts.records().entries()) {
    const sees = index % ((busy + idle) / lanes) < busy / lanes ? 'busy' : 'idle';
    await town.hosts.ownHost(instanceId).renew({ counter: 30, sees, since: now - 1_200_000, at: now - 20_000 });
  }
  return town;
}

async function fillLane(town: City, lane: Lane, busy: number, all: number): Promise<void> {
  const instances: Instance[] = [];
  for (let left = all; left > 0; left -= machinesPerLaunch) {
    instances.push(...(await launch(town, lane, Math.min(left, machinesPerLaunch))));
  }
  const rows: Write[] = [
    { kind: 'put', key: keys.lanes(lane), attributes: {} },
    ...instances.map((instance) => runnerRow(lane, instance)),
  ];
  for (const chunk of inChunks(rows, 100)) await town.table.transact(chunk);
  for (const [index, instance] of instances.entries()) await register(town, lane, instance.id, index < busy);
}

async function launch({ compute, clock }: City, lane: Lane, count: number): Promise<readonly Instance[]> {
  const placements = [{ type: 'process', zone: 'local' }];
  const request = {
    token: clock.id(),
    launchId: clock.id(),
    lane: laneKey(lane),
    fleet: lane.fleet,
    count,
    placements,
  };
  return (await compute.launch({ ...request, market: 'spot' })).instances;
}

function runnerRow(lane: Lane, { id, launchId, launchedAt }: Instance): Write {
  const row: RunnerRow = {
    instanceId: id,
    launchId,
    launchedAt,
    phase: 'up',
    reason: 'launched',
    phaseAt: launchedAt,
    looks: {},
  };
  return { kind: 'put', key: keys.runner(lane, id), attributes: toAttributes(row) };
}

/** One machine becomes a runner; a busy one with a job that the ledger knows. */
async function register({ forge, hosts, world }: City, lane: Lane, instanceId: string, isBusy: boolean): Promise<void> {
  const [fleet] = world.config.fleets;
  if (fleet === undefined) throw new Error('The city has a fleet.');
  const name = runnerName('ci', instanceId);
  const spec = { name, labels: fleet.labels, runnerGroup: 'Default', ephemeral: true, app: 'app-1' };
  await hosts.open(lane, [{ instanceId, policy: hostPolicyOf(fleet, world.timing) }]);
  await hosts.give(lane, instanceId, await forge.createRunner({ ...spec, scope: lane.scope }));
  await hosts.ownHost(instanceId).takeGrant();
  forge.setOnline(name, true);
  if (!isBusy) return;
  forge.setBusy(name, true);
  const repo = lane.scope.slice('repo:'.length);
  const job = { key: `github/${repo}/${instanceId}`, ref: { repo, id: instanceId, attempt: 1 }, labels: fleet.labels };
  const now = world.clock.now();
  await world.ledger.record({ ...job, state: 'running', runnerName: name, queuedAt: now, startedAt: now }, lane, now);
}
