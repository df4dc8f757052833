import { expect, test } from '@jest/globals';
import { type City, city } from '../../../tests/city/city.ts';
import { acme, comeUp, finished, nameOf, ring, usageOf, viewOf } from '../../../tests/city/invoke.ts';
import { aliveMachines, live, liveUntil } from '../../../tests/city/life.ts';
import { idsFrom, queueJobs } from '../../../tests/city/traffic.ts';
import { type DrainOrder, drain } from './drain.ts';
import { isMarkedDraining, unmarkDraining } from './drain-mark.ts';

const minutes = (count: number): number => count * 60;

/** A city whose functions know what drains, as they do on AWS. */
function drainableCity(fields: Parameters<typeof city>[0] = {}): City {
  const town = city(fields);
  const { ledger, clock } = town.world;
  return { ...town, world: { ...town.world, isDraining: (fleet) => isMarkedDraining({ ledger, clock }, fleet) } };
}

const order = (fields: Partial<DrainOrder> = {}): DrainOrder => ({
  fleet: 'linux-x64',
  force: false,
  limitSeconds: minutes(14),
  ...fields,
});

const pool = {
  poolConfig: [{ scheduleExpression: 'rate(1 minute)', timeZone: 'UTC', size: 2 }],
  poolScope: 'org:acme',
} as const;

test('idle runners go, whatever pool and waiting jobs say, and nobody is launched in their place', async () => {
  const town = drainableCity({ fleets: [{ ...pool, ephemeral: false, minimumRunningTimeMinutes: 600 }] });
  const truth = live(town);
  await queueJobs(town, [1]);
  await liveUntil(town, minutes(20), () => truth.runs.size === 1 && aliveMachines(town).length >= 2);
  const machinesBefore = truth.machines;
  const draining = drain(town.world, order());
  await queueJobs(town, idsFrom(2, 3));
  await finished(town, draining);
  expect(aliveMachines(town)).toEqual([]);
  expect(town.forge.registrations()).toEqual([]);
  expect(truth.busyKills).toEqual([]);
  expect(truth.machines).toBe(machinesBefore);
  expect((await usageOf(town)).deploymentUsed).toBe(0);
});

test('a busy runner is waited for', async () => {
  const town = drainableCity();
  const truth = live(town, { jobSeconds: minutes(5) });
  await queueJobs(town, [1]);
  await liveUntil(town, minutes(5), () => truth.runs.size === 1);
  await finished(town, drain(town.world, order()));
  expect(truth.busyKills).toEqual([]);
  expect(aliveMachines(town)).toEqual([]);
  expect(town.forge.registrations()).toEqual([]);
});

test('what still runs when time is up is named, and stays; a second drain ends where the first did not', async () => {
  const town = drainableCity();
  const truth = live(town, { jobSeconds: minutes(20) });
  await queueJobs(town, [7]);
  await liveUntil(town, minutes(5), () => truth.runs.size === 1);
  await town.clock.advance(30);
  const [{ id = '' } = {}] = aliveMachines(town);
  await expect(finished(town, drain(town.world, order({ limitSeconds: minutes(2) })))).rejects.toThrow(
    `The fleet linux-x64 still has, after 120 seconds: ${id} (busy with job 7 of acme/app). It launches nothing for an hour`,
  );
  await queueJobs(town, [8]);
  await liveUntil(town, minutes(30), () => aliveMachines(town).length === 0);
  expect(truth).toMatchObject({ busyKills: [], machines: 1 });
  await finished(town, drain(town.world, order()));
});

const wantedAgain: readonly [string, (town: City) => Promise<void>][] = [
  ['after an hour', (town) => town.clock.advance(3601)],
  ['once the fleet is wanted again', (town) => unmarkDraining(town.world, 'linux-x64')],
];

test.each(wantedAgain)('a drain that was given up holds nothing back %s', async (_, comesToPass) => {
  const town = drainableCity();
  await drain(town.world, order({ limitSeconds: 0 }));
  await queueJobs(town, [1]);
  await ring(town);
  expect(aliveMachines(town)).toEqual([]);
  await comesToPass(town);
  await ring(town);
  expect(aliveMachines(town)).toHaveLength(1);
});

test('forced, busy machines are ended too, and their registrations go', async () => {
  const town = drainableCity();
  const truth = live(town, { jobSeconds: minutes(60) });
  await queueJobs(town, idsFrom(1, 3));
  await liveUntil(town, minutes(5), () => truth.runs.size === 3);
  await finished(town, drain(town.world, order({ force: true })));
  expect(aliveMachines(town)).toEqual([]);
  expect(truth.busyKills).toHaveLength(3);
});

test('a machine that boots is kept from taking its grant, and ended at once', async () => {
  const town = drainableCity();
  await queueJobs(town, [1]);
  await ring(town);
  const [{ id = '' } = {}] = aliveMachines(town);
  await finished(town, drain(town.world, order()));
  expect(await town.hosts.ownHost(id).takeGrant()).toBeNull();
  expect(aliveMachines(town)).toEqual([]);
  expect(town.forge.registrations()).toEqual([]);
});

test('a machine that a person wants kept is no reason to end it, but one to fail', async () => {
  const town = drainableCity();
  await queueJobs(town, [1]);
  await ring(town);
  await comeUp(town);
  const [{ id = '' } = {}] = aliveMachines(town);
  town.compute.cloud.mark(id, { bypassRemoval: true });
  await expect(finished(town, drain(town.world, order({ limitSeconds: 60 })))).rejects.toThrow('ghr:bypass-removal');
});

test('a launch that was decided a moment before is seen, whoever is first', async () => {
  const town = drainableCity();
  await queueJobs(town, [1]);
  const intend: City['world']['ledger']['intend'] = async (plan) => {
    const { ledger, clock } = town.world;
    await drain({ ...town.world, deadlineAt: clock.now() }, order({ limitSeconds: 0 }));
    return ledger.intend(plan);
  };
  await ring(town, [acme], { ...town.world, ledger: { ...town.world.ledger, intend } });
  expect(aliveMachines(town)).toEqual([]);
  expect((await viewOf(town)).intents).toEqual([]);
  expect((await usageOf(town)).deploymentUsed).toBe(0);
});

test('other fleets live on', async () => {
  const town = drainableCity({ fleets: [{}, { name: 'other', labels: ['self-hosted', 'other'] }] });
  await queueJobs(town, [1]);
  await queueJobs(town, [2], 'acme', { labels: ['self-hosted', 'other'] });
  await ring(town, [acme, 'other/org:acme']);
  await comeUp(town);
  await finished(town, drain(town.world, order({ force: true })));
  expect(aliveMachines(town).map(({ fleet }) => fleet)).toEqual(['other']);
  expect(town.forge.registrations()).toHaveLength(1);
});

test('what cannot be looked at is not taken for gone', async () => {
  const town = drainableCity();
  await queueJobs(town, [1]);
  const lane: City['world']['ledger']['lane'] = () => Promise.reject(new Error('throttled'));
  const world = { ...town.world, ledger: { ...town.world.ledger, lane } };
  await expect(finished(town, drain(world, order({ limitSeconds: 30 })))).rejects.toThrow(
    'what could not be looked at (throttled)',
  );
});

test('a registration that the forge keeps is left to it, with a warning', async () => {
  const town = drainableCity();
  await queueJobs(town, [1]);
  await ring(town);
  const [{ id = '' } = {}] = await comeUp(town, 'busy');
  town.forge.startJob('memory/acme/app/1', nameOf(town, id));
  const removeRunner: City['forge']['removeRunner'] = async () => 'busy';
  const world = { ...town.world, forge: { ...town.world.forge, removeRunner } };
  await finished(town, drain(world, order({ force: true })));
  expect(town.log.lines.at(-2)?.fields).toEqual({ runners: [`ci-${id}`] });
});
