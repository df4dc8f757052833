import { describe, expect, test } from '@jest/globals';
import { type City, type CityOptions, city } from '../../../tests/city/city.ts';
import { acme, comeUp, nameOf, overheard, ring, saidBy, say, usageOf, viewOf } from '../../../tests/city/invoke.ts';
import { aliveMachines } from '../../../tests/city/life.ts';
import { deliver, idsFrom, queueJobs } from '../../../tests/city/traffic.ts';
import { scaleDown } from './scale-down.ts';

const fields = { runnersMaximumCount: -1, minimumRunningTimeMinutes: 1, runnerBootTimeMinutes: 60 };
const key = (id: number): string => `memory/acme/app/${id}`;

/** As many idle runners, all older than their minimum, and no job that waits for them. */
async function idleTown(runners: number, options: CityOptions = {}): Promise<City> {
  const { town } = overheard(city({ fleets: [fields], ...options }));
  await queueJobs(town, idsFrom(1, runners));
  await ring(town);
  await comeUp(town);
  for (const id of idsFrom(1, runners)) {
    town.forge.finishJob(key(id), 'cancelled');
    await deliver(town, key(id));
  }
  await town.clock.advance(61);
  await freshen(town);
  return town;
}

async function freshen(town: City): Promise<void> {
  for (const { id } of aliveMachines(town)) await say(town, id, 'idle');
}

const kinds = async (town: City): Promise<readonly string[]> =>
  (await scaleDown(town.world)).flatMap(({ runners }) => runners.map(({ kind }) => kind));
const record = (town: City, id: string) => town.hosts.records().find(({ instanceId }) => instanceId === id);
const onlyId = (town: City): string => aliveMachines(town)[0]?.id ?? 'none';

describe('leaving takes two steps', () => {
  test('first the host is asked; its registration stays, and its machine runs', async () => {
    const town = await idleTown(1);
    expect(await kinds(town)).toEqual(['ask-to-leave']);
    expect(record(town, onlyId(town))?.ask).toBe('leave');
    expect((await viewOf(town)).runners[0]).toMatchObject({ phase: 'leaving', reason: 'surplus' });
    expect(await kinds(town)).toEqual(['keep']);
    expect(town.forge.calls.removeRunner).toBe(0);
  });

  test('then, when it is quiet, its registration goes; “removed” is not proof, so its machine still runs', async () => {
    const town = await idleTown(1);
    await kinds(town);
    await say(town, onlyId(town), 'leaving');
    expect(await kinds(town)).toEqual(['retire']);
    expect(town.forge.registrations()).toEqual([]);
    expect(record(town, onlyId(town))?.ask).toBe('removed');
    for (let minute = 0; minute < 3; minute++) expect(await kinds(town)).toEqual(['keep']);
    expect(aliveMachines(town)).toHaveLength(1);
    expect(town.compute.counts().end).toBe(0);
  });

  test('a job handed out in between keeps the runner: the forge says busy, and it is one of the lane again', async () => {
    const town = await idleTown(1);
    await kinds(town);
    await say(town, onlyId(town), 'leaving');
    await queueJobs(town, [9]);
    town.forge.startJob(key(9), nameOf(town, onlyId(town)));
    expect(await kinds(town)).toEqual(['retire']);
    expect(town.forge.registrations()).toHaveLength(1);
    expect(record(town, onlyId(town))?.ask).toBeUndefined();
    expect((await viewOf(town)).runners[0]).toMatchObject({ phase: 'up', reason: 'forge-says-busy' });
    expect(saidBy(town, 'scale-down')).toContainEqual(
      expect.objectContaining({ kind: 'take-back', reason: 'forge-says-busy' }),
    );
  });

  test('a worker that shows up takes the question back', async () => {
    const town = await idleTown(1);
    await kinds(town);
    await say(town, onlyId(town), 'busy');
    expect(await kinds(town)).toEqual(['take-back']);
    expect(record(town, onlyId(town))?.ask).toBeUndefined();
    expect((await viewOf(town)).runners[0]).toMatchObject({ phase: 'up' });
  });

  test('whoever dies between the ledger and the host is followed by one who asks', async () => {
    const town = await idleTown(1);
    const ask = () => Promise.reject(new Error('died'));
    await scaleDown({ ...town.world, hosts: { ...town.hosts, ask } });
    expect(record(town, onlyId(town))?.ask).toBeUndefined();
    expect(await kinds(town)).toEqual(['ask-to-leave']);
    expect(record(town, onlyId(town))?.ask).toBe('leave');
  });

  test('a host that wants to go and is needed hears so, once', async () => {
    const town = await idleTown(1);
    await queueJobs(town, [9]);
    await say(town, onlyId(town), 'leaving', { reason: 'no-job-came' });
    expect(await kinds(town)).toEqual(['refuse-to-let-go']);
    expect(record(town, onlyId(town))?.ask).toBe('stay');
    await freshen(town);
    expect(await kinds(town)).toEqual(['forget-answer']);
    expect(record(town, onlyId(town))?.ask).toBeUndefined();
  });
});

describe('a decision made on an old reading', () => {
  test('lets nobody leave: somebody decided on the lane meanwhile', async () => {
    const town = await idleTown(2);
    let once = true;
    const read: City['hosts']['read'] = async (lane, ids) => {
      const rows = await town.hosts.read(lane, ids);
      if (once && ids.length > 0) {
        once = false;
        await queueJobs(town, idsFrom(10, 3));
        await ring(town);
      }
      return rows;
    };
    await scaleDown({ ...town.world, hosts: { ...town.hosts, read } });
    expect((await viewOf(town)).runners.map(({ phase }) => phase)).toEqual(['up', 'up', 'up']);
    expect(town.hosts.records().every(({ ask }) => ask === undefined)).toBe(true);
  });
});

describe('what can’t be read ends nobody, and stops nobody else', () => {
  test('a lane', async () => {
    const town = await idleTown(1);
    await queueJobs(town, [50], 'broken');
    const lane: City['world']['ledger']['lane'] = async (of) => {
      if (of.scope === 'org:broken') throw new Error('throttled');
      return town.world.ledger.lane(of);
    };
    const plans = await scaleDown({ ...town.world, ledger: { ...town.world.ledger, lane } });
    expect(plans.map(({ lane: { scope } }) => scope)).toEqual(['org:acme']);
    expect(plans[0]?.runners[0]?.kind).toBe('ask-to-leave');
  });

  test('the runners of a scope: nothing is concluded from a list that broke off', async () => {
    const town = await idleTown(1);
    await queueJobs(town, [9]);
    town.forge.setListed(nameOf(town, onlyId(town)), false);
    town.forge.failNext('listRunners', 'after', new Error('502'), 9);
    for (let minute = 0; minute < 5; minute++) {
      await town.clock.advance(60);
      await freshen(town);
      expect(await kinds(town)).toEqual(['keep']);
    }
    expect((await viewOf(town)).runners[0]?.looks).toEqual({});
  });

  test('the machines: no slot is freed by a list that broke off', async () => {
    const town = await idleTown(1);
    await town.clock.advance(3600);
    town.compute.breakLists(0);
    await expect(scaleDown(town.world)).rejects.toThrow('broke off');
    expect((await usageOf(town)).fleetUsed).toBe(1);
  });

  test('one runner whose deregistration fails', async () => {
    const town = await idleTown(3);
    await kinds(town);
    for (const { id } of aliveMachines(town)) await say(town, id, 'leaving');
    town.forge.failNext('removeRunner', 'before', new Error('500'));
    expect(await kinds(town)).toEqual(['retire', 'retire', 'retire']);
    expect(town.forge.registrations()).toHaveLength(1);
    expect(town.log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
    expect(await kinds(town)).toContain('retire');
    expect(town.forge.registrations()).toEqual([]);
  });

  test('one lane whose rows can’t be moved', async () => {
    const town = await idleTown(1);
    const move = () => Promise.reject(new Error('throttled'));
    await scaleDown({ ...town.world, ledger: { ...town.world.ledger, move } });
    expect(town.log.lines.at(-1)).toMatchObject({ level: 'error', fields: { lane: acme } });
  });
});

describe('absence', () => {
  test('counts for old machines, and in two complete lists: a list may lag behind a launch', async () => {
    const town = await idleTown(1);
    town.compute.lagLists(1e6);
    await town.clock.advance(400);
    await freshen(town);
    await kinds(town);
    expect((await viewOf(town)).runners[0]?.looks.missingAt).toBeUndefined();
    await town.clock.advance(200);
    await kinds(town);
    expect((await viewOf(town)).runners[0]?.looks.missingAt).toBe(town.clock.now());
    await town.clock.advance(299);
    expect(await kinds(town)).not.toContain('close');
    expect((await usageOf(town)).fleetUsed).toBe(1);
    await town.clock.advance(1);
    expect(await kinds(town)).toEqual(['close']);
    expect((await usageOf(town)).fleetUsed).toBe(0);
  });

  test('in two lists with one between them that names it is no absence', async () => {
    const town = await idleTown(1);
    await town.clock.advance(700);
    for (const lag of [1e6, 0, 1e6]) {
      town.compute.lagLists(lag);
      expect(await kinds(town)).not.toContain('close');
      await town.clock.advance(200);
    }
    expect((await usageOf(town)).fleetUsed).toBe(1);
  });
});

test('a machine that ended frees its slot, and rings for those who wait', async () => {
  const heard = overheard(await idleTown(2));
  heard.town.compute.cloud.stop(onlyId(heard.town), 'x');
  expect(await kinds(heard.town)).toContain('close');
  expect((await usageOf(heard.town)).fleetUsed).toBe(1);
  expect(heard.sent).toEqual([{ lane: acme, reason: 'slot-freed', delaySeconds: 0 }]);
});

test('a runner that leaves while jobs wait lowers supply, so its lane is rung for', async () => {
  const heard = overheard(await idleTown(1));
  const { town, sent } = heard;
  await queueJobs(town, [9]);
  town.forge.setListed(nameOf(town, onlyId(town)), false);
  await kinds(town);
  await town.clock.advance(61);
  await freshen(town);
  sent.length = 0;
  expect(await kinds(town)).toEqual(['ask-to-leave']);
  expect(sent).toEqual([{ lane: acme, reason: 'supply-lowered', delaySeconds: 0 }]);
});

test('a fleet that was removed drains to nothing', async () => {
  const town = await idleTown(2);
  const world = { ...town.world, config: { ...town.world.config, fleets: [] } };
  await scaleDown(world);
  for (const { id } of aliveMachines(town)) await say(town, id, 'leaving');
  await scaleDown(world);
  expect(town.forge.registrations()).toEqual([]);
  for (const { id } of aliveMachines(town)) town.compute.cloud.shutdown(id);
  await scaleDown(world);
  expect((await usageOf(town)).deploymentUsed).toBe(0);
});

test('runners that stay though one would not expect it are one log line a reason; those that simply work are none', async () => {
  const town = await idleTown(2);
  for (const { id } of aliveMachines(town)) await say(town, id, 'busy');
  await scaleDown(town.world);
  expect(saidBy(town, 'scale-down')).toEqual([]);
  await town.clock.advance(181);
  await scaleDown(town.world);
  expect(saidBy(town, 'scale-down')).toEqual([{ lane: acme, kind: 'keep', reason: 'foreign-job', count: 2 }]);
});

test('where time runs out, nothing new is begun', async () => {
  const town = await idleTown(3);
  await scaleDown({ ...town.world, deadlineAt: town.clock.now() });
  expect(town.hosts.records().every(({ ask }) => ask === undefined)).toBe(true);
  expect((await viewOf(town)).runners.every(({ phase }) => phase === 'up')).toBe(true);
  expect(saidBy(town, 'scale-down')).toEqual([{ lane: acme, kind: 'not-begun', reason: 'time-ran-out' }]);
});

test('a silent runner’s job is read at the forge before anything is concluded', async () => {
  const town = await idleTown(1);
  await queueJobs(town, [9]);
  town.forge.startJob(key(9), nameOf(town, onlyId(town)));
  await deliver(town, key(9));
  town.forge.setOnline(nameOf(town, onlyId(town)), false);
  town.forge.setBusy(nameOf(town, onlyId(town)), false);
  for (let minute = 0; minute < 30; minute++) {
    await town.clock.advance(60);
    await scaleDown(town.world);
  }
  expect(town.forge.calls.getJob).toBeGreaterThan(3);
  expect(aliveMachines(town)).toHaveLength(1);
  town.forge.setJobState(key(9), 'done');
  await scaleDown(town.world);
  expect(await kinds(town)).toEqual(['end-lost']);
  expect(aliveMachines(town)).toEqual([]);
});
