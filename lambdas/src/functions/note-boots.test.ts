import { describe, expect, test } from '@jest/globals';
import { type City, type CityOptions, city } from '../../tests/city/city.ts';
import { acmeLane, comeUp, reconfigured, ring, saidBy, usageOf } from '../../tests/city/invoke.ts';
import { aliveMachines } from '../../tests/city/life.ts';
import { idsFrom, queueJobs } from '../../tests/city/traffic.ts';
import { scaleDown } from './scale-down/scale-down.ts';
import { lookAtMachine } from './sweep/look-at-machine.ts';
import { sweep } from './sweep/sweep.ts';

const fields = { runnersMaximumCount: -1, hash: 'a' };

/** A lane with jobs and as many machines; none of them has come up yet. */
async function launched(jobs: number, options: CityOptions = {}): Promise<City> {
  const town = city({ fleets: [fields], ...options });
  await queueJobs(town, idsFrom(1, jobs));
  await ring(town);
  return town;
}

/** Ends all machines that live, and has somebody notice. */
async function die(town: City, notice: (town: City, id: string) => Promise<unknown>, reason = 'boot-failed') {
  const machines = aliveMachines(town);
  for (const { id } of machines) town.compute.cloud.stop(id, reason);
  for (const { id } of machines) await notice(town, id);
}

const byEvent = (town: City, id: string) => lookAtMachine(town.world, id);
const failures = async (town: City): Promise<number> => (await usageOf(town)).breaker?.failures ?? 0;

describe('machines that never become runners', () => {
  test.each([
    ['the provider’s event', byEvent],
    ['scale-down', (town: City) => scaleDown(town.world)],
    ['the sweep', (town: City) => sweep(town.world)],
  ])('are counted whoever notices, here %s, and each once', async (_, notice) => {
    const town = await launched(3);
    await die(town, notice);
    expect(await failures(town)).toBe(3);
    await scaleDown(town.world);
    await sweep(town.world);
    expect(await failures(town)).toBe(3);
  });

  test('one that EC2 ended while it was pending counts, though its grant was not there yet', async () => {
    const town = city({ fleets: [fields] });
    town.forge.failNext('createRunner', 'before', new Error('502'), 100);
    await queueJobs(town, idsFrom(1, 2));
    await ring(town);
    await die(town, byEvent, 'Client.InternalError');
    expect((await usageOf(town)).breaker).toMatchObject({ failures: 2, reason: 'Client.InternalError' });
  });

  test('three of them stop the launches, with an error that carries the reason', async () => {
    const town = await launched(3);
    await die(town, byEvent);
    const { lanes } = await ring(town);
    expect(lanes[0]?.plan).toMatchObject({ kind: 'wait', reason: 'breaker-open', deficit: 3 });
    expect(aliveMachines(town)).toEqual([]);
    const alarms = town.log.lines.filter(({ level }) => level === 'error');
    expect(alarms.at(-1)?.fields).toMatchObject({ fleet: 'linux-x64', reason: 'boot-failed', failures: 3 });
  });

  test('one machine is the next try, a minute later, and one only until its end is known', async () => {
    const town = await launched(3);
    await die(town, byEvent);
    await town.clock.advance(60);
    expect((await ring(town)).lanes[0]?.plan).toMatchObject({ kind: 'launch', reason: 'breaker-probe', count: 1 });
    expect((await ring(town)).lanes[0]?.plan).toMatchObject({ kind: 'wait', reason: 'breaker-open' });
    expect(aliveMachines(town)).toHaveLength(1);
    await die(town, byEvent);
    await town.clock.advance(119);
    expect((await ring(town)).lanes[0]?.plan).toMatchObject({ kind: 'wait', reason: 'breaker-open' });
    await town.clock.advance(1);
    expect((await ring(town)).lanes[0]?.plan).toMatchObject({ reason: 'breaker-probe' });
  });

  test('one that succeeds clears the way for all', async () => {
    const town = await launched(3);
    await die(town, byEvent);
    await town.clock.advance(60);
    await ring(town);
    await comeUp(town);
    await scaleDown(town.world);
    expect(await failures(town)).toBe(0);
    expect(saidBy(town, 'breaker')).toMatchObject([{ kind: 'closed', reason: 'runner-registered' }]);
    expect((await ring(town)).lanes[0]?.plan).toMatchObject({ kind: 'launch', reason: 'jobs-wait', count: 2 });
  });

  test('one that succeeds does so also where it is gone before anybody looks', async () => {
    const town = await launched(3);
    await die(town, byEvent);
    await town.clock.advance(60);
    await ring(town);
    await comeUp(town);
    await die(town, byEvent, 'job-done');
    expect(await failures(town)).toBe(0);
    expect((await ring(town)).lanes[0]?.plan).toMatchObject({ kind: 'launch', reason: 'jobs-wait' });
  });

  test('a runner from before the failures proves nothing about them', async () => {
    const town = await launched(1);
    await comeUp(town);
    await town.clock.advance(10);
    await queueJobs(town, idsFrom(10, 3));
    await ring(town);
    for (const machine of aliveMachines(town).slice(1)) {
      town.compute.cloud.stop(machine.id, 'boot-failed');
      await lookAtMachine(town.world, machine.id);
    }
    await scaleDown(town.world);
    expect(await failures(town)).toBe(3);
  });

  test('a changed configuration may be tried at once', async () => {
    const town = await launched(3);
    await die(town, byEvent);
    const mended = reconfigured(town, city({ fleets: [{ ...fields, hash: 'b' }] }));
    expect((await ring(mended)).lanes[0]?.plan).toMatchObject({ kind: 'launch', reason: 'jobs-wait', count: 3 });
    await die(mended, byEvent);
    expect(await failures(mended)).toBe(3);
  });
});

describe('what says nothing about the image is not counted', () => {
  test('a Spot interruption', async () => {
    const town = await launched(3);
    await die(town, byEvent, 'Server.SpotInstanceTermination');
    expect(await failures(town)).toBe(0);
  });

  test('a runner that came up and ended', async () => {
    const town = await launched(3);
    await comeUp(town);
    await die(town, byEvent);
    expect(await failures(town)).toBe(0);
  });

  test('a machine that we never gave a grant, whether or not that was made void', async () => {
    const town = city({ fleets: [fields] });
    town.forge.failNext('createRunner', 'before', new Error('502'), 100);
    await queueJobs(town, idsFrom(1, 3));
    await ring(town);
    expect(aliveMachines(town)).toHaveLength(3);
    await town.hosts.void(acmeLane, aliveMachines(town)[0]?.id ?? '');
    await die(town, byEvent);
    expect(await failures(town)).toBe(0);
  });
});
