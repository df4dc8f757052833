import { describe, expect, test } from '@jest/globals';
import { type City, city } from '../../../tests/city/city.ts';
import { acme, comeUp, overheard, ring, usageOf, viewOf } from '../../../tests/city/invoke.ts';
import { aliveMachines } from '../../../tests/city/life.ts';
import { idsFrom, queueJobs } from '../../../tests/city/traffic.ts';
import { type Compute, TokenMismatchError } from '../../ports/compute.ts';
import { lookAtMachine } from '../sweep/look-at-machine.ts';
import type { World } from '../world.ts';
import { scaleUp } from './scale-up.ts';

type Launch = Compute['launch'];

/** A launch of three whose function died in the middle of its calls, as `launch` has it. */
async function leftOpen(launch: (town: City) => Launch): Promise<City> {
  const { town } = overheard(city({ fleets: [{ runnersMaximumCount: 5, runnerBootTimeMinutes: 60 }] }));
  await queueJobs(town, idsFrom(1, 3));
  const delivery = { receipt: 'r', request: { lane: acme, reason: 'test' }, receiveCount: 1 };
  const dying = launch(town);
  void scaleUp({ ...town.world, compute: { ...town.compute, launch: dying } }, [delivery]);
  await town.clock.advance(5);
  return town;
}

const never = new Promise<never>(() => {});
const launchedAndDied = () =>
  leftOpen((town) => async (request) => {
    await town.compute.launch(request);
    return never;
  });
const diedBeforeLaunching = () => leftOpen(() => () => never);

const ownedSeconds = 150;
const intentsOf = async (town: City) => (await viewOf(town)).intents;

/** A provider that forgot the token, or has another request under it. */
const mismatching = (town: City): World => ({
  ...town.world,
  compute: {
    ...town.compute,
    launch: () => Promise.reject(new TokenMismatchError('The token was used for another request.')),
  },
});

describe('a launch that nobody closed', () => {
  test('counts in full, so that no second one is made beside it, and is its writer’s for its lifetime', async () => {
    const town = await launchedAndDied();
    await town.clock.advance(ownedSeconds - 10);
    const { lanes } = await ring(town);
    expect(lanes[0]?.plan).toEqual({ kind: 'none', reason: 'supply-suffices' });
    expect(await intentsOf(town)).toHaveLength(1);
    expect((await usageOf(town)).fleetUsed).toBe(3);
    expect(town.compute.counts().launch).toBe(1);
  });

  test('within minutes is settled by the same request again, which launches nothing twice', async () => {
    const town = await launchedAndDied();
    await town.clock.advance(ownedSeconds);
    await ring(town);
    expect(await intentsOf(town)).toEqual([]);
    expect(aliveMachines(town)).toHaveLength(3);
    expect((await viewOf(town)).runners).toHaveLength(3);
    expect((await usageOf(town)).fleetUsed).toBe(3);
  });

  test('that never reached the provider is made good by that request', async () => {
    const town = await diedBeforeLaunching();
    await town.clock.advance(ownedSeconds);
    await ring(town);
    expect(aliveMachines(town)).toHaveLength(3);
    expect((await usageOf(town)).fleetUsed).toBe(3);
  });

  test('before whose first step its function died is closed: there will be no call', async () => {
    const town = city({ fleets: [{ runnersMaximumCount: 5 }] });
    await queueJobs(town, idsFrom(1, 3));
    const ledger = { ...town.world.ledger, addSteps: () => never };
    const delivery = { receipt: 'r', request: { lane: acme, reason: 'test' }, receiveCount: 1 };
    void scaleUp({ ...town.world, ledger }, [delivery]);
    await town.clock.advance(ownedSeconds + 5);
    await ring(town);
    expect(await intentsOf(town)).toEqual([]);
    expect(aliveMachines(town)).toHaveLength(3);
    expect((await usageOf(town)).fleetUsed).toBe(3);
  });

  test('is settled by one of many who come at once', async () => {
    const town = await launchedAndDied();
    await town.clock.advance(ownedSeconds);
    await Promise.all([ring(town), ring(town), ring(town)]);
    expect(aliveMachines(town)).toHaveLength(3);
    expect((await usageOf(town)).fleetUsed).toBe(3);
    expect(town.compute.counts().launch).toBe(2);
  });
});

describe('a launch that can’t be replayed', () => {
  test('because its token is another’s, is settled by the list, at once where the list is whole', async () => {
    const town = await launchedAndDied();
    await town.clock.advance(ownedSeconds);
    await ring(town, [acme], mismatching(town));
    expect(await intentsOf(town)).toEqual([]);
    expect((await viewOf(town)).runners).toHaveLength(3);
    expect((await usageOf(town)).fleetUsed).toBe(3);
  });

  test('whose replay is refused as a whole is settled by the list: the first call may have worked', async () => {
    const town = await launchedAndDied();
    await town.clock.advance(ownedSeconds);
    const errors = [{ kind: 'configuration' as const, message: 'The launch template does not exist.' }];
    const refusing = { ...town.compute, launch: async () => ({ instances: [], errors }) };
    const delivery = { receipt: 'r', request: { lane: acme, reason: 'test' }, receiveCount: 1 };
    await scaleUp({ ...town.world, compute: refusing }, [delivery]);
    expect(await intentsOf(town)).toEqual([]);
    expect((await viewOf(town)).runners).toHaveLength(3);
    expect((await usageOf(town)).fleetUsed).toBe(3);
  });

  test('because it is late, is settled by the list too: a forgotten token would launch anew', async () => {
    const town = await launchedAndDied();
    await town.clock.advance(301);
    const before = town.compute.counts().launch;
    await ring(town);
    expect(await intentsOf(town)).toEqual([]);
    expect(town.compute.counts().launch).toBe(before);
  });

  test('gives back what did not come only after two equal lists, later than any list can lag', async () => {
    const town = await diedBeforeLaunching();
    const [left] = await intentsOf(town);
    const passUntil = async (seconds: number): Promise<void> => {
      await town.clock.advance(seconds - (town.clock.now() - (left?.writtenAt ?? 0)) / 1000);
      await ring(town, [acme], mismatching(town));
    };
    for (const seconds of [150, 320, 500, 700, 880]) {
      await passUntil(seconds);
      expect(await intentsOf(town)).toMatchObject([{ launchId: left?.launchId, count: 3 }]);
    }
    expect((await intentsOf(town))[0]?.look).toBeUndefined();
    await passUntil(1_040);
    expect(await intentsOf(town)).toMatchObject([{ launchId: left?.launchId, look: { ids: [] } }]);
    // The same server that is behind may have answered both times.
    await passUntil(1_200);
    expect(await intentsOf(town)).toMatchObject([{ launchId: left?.launchId, look: { ids: [] } }]);
    await passUntil(1_360);
    // Settled: what was given back is launched anew.
    expect((await intentsOf(town)).map(({ launchId }) => launchId)).not.toContain(left?.launchId);
    expect((await usageOf(town)).fleetUsed).toBe(3);
  });

  test('two lists that differ prove nothing: the later one is the first look again', async () => {
    const town = await diedBeforeLaunching();
    const [intent] = await intentsOf(town);
    const world = mismatching(town);
    await town.clock.advance(1000);
    await ring(town, [acme], world);
    const request = intent?.steps[0]?.request;
    if (request === undefined) throw new Error('no step');
    await town.compute.launch({ ...request, count: 1, token: 'by-hand' });
    await town.clock.advance(151);
    await ring(town, [acme], world);
    const [open] = await intentsOf(town);
    expect(open?.look?.ids).toHaveLength(1);
    expect((await usageOf(town)).fleetUsed).toBe(3);
  });

  test('counts machines that came and went already, recorded or listed, so that no slot is given back twice', async () => {
    const town = await launchedAndDied();
    const [intent] = await intentsOf(town);
    const machines = aliveMachines(town);
    if (intent === undefined) throw new Error('no intent');
    await town.world.ledger.recordLaunched(intent, machines.slice(0, 2), town.clock.now());
    const [gone, ended] = machines;
    for (const id of [gone?.id ?? '', ended?.id ?? '']) town.compute.cloud.stop(id, 'x');
    await lookAtMachine(town.world, gone?.id ?? '');
    expect((await usageOf(town)).fleetUsed).toBe(2);
    await town.clock.advance(ownedSeconds);
    await ring(town, [acme], mismatching(town));
    const left = (await viewOf(town)).runners.map(({ instanceId }) => instanceId).sort();
    expect(left).toEqual([ended?.id, machines[2]?.id].sort());
    // The one that is missing now is decided on anew.
    expect((await usageOf(town)).fleetUsed).toBe(2 + ((await intentsOf(town))[0]?.count ?? 0));
  });

  test('stays open and counts while machines can’t be listed, and holds up nothing else of its lane', async () => {
    const town = await launchedAndDied();
    await town.clock.advance(400);
    town.compute.breakLists(0);
    await queueJobs(town, [4]);
    expect((await ring(town)).lanes[0]?.plan).toMatchObject({ kind: 'launch', count: 1 });
    expect(await intentsOf(town)).toHaveLength(1);
    expect((await usageOf(town)).fleetUsed).toBe(4);
  });
});

test('a lane that waits for somebody’s open launch looks again when that is anybody’s to settle', async () => {
  const town = await launchedAndDied();
  const heard = overheard(town);
  await ring(heard.town);
  expect(heard.sent).toEqual([{ lane: acme, reason: 'intent-is-open', delaySeconds: expect.closeTo(146, -2) }]);
});

test('a settled launch’s machines get their grants', async () => {
  const town = await launchedAndDied();
  await town.clock.advance(ownedSeconds);
  await ring(town);
  await ring(town);
  await comeUp(town);
  expect(town.forge.registrations()).toHaveLength(3);
});
