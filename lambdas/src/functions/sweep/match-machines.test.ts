import { describe, expect, test } from '@jest/globals';
import { type City, city } from '../../../tests/city/city.ts';
import { acme, overheard, ring, usageOf, viewOf } from '../../../tests/city/invoke.ts';
import { aliveMachines } from '../../../tests/city/life.ts';
import { queueJobs } from '../../../tests/city/traffic.ts';
import type { LaunchRequest } from '../../core/instance.ts';
import { lookAtMachine } from './look-at-machine.ts';
import { sweep } from './sweep.ts';

const request = (fields: Partial<LaunchRequest> = {}): LaunchRequest => ({
  token: 'by-hand',
  launchId: 'unknown',
  lane: acme,
  fleet: 'linux-x64',
  count: 1,
  market: 'spot',
  placements: [{ type: 'process', zone: 'local' }],
  ...fields,
});

/** A machine of ours that no row knows of, of that age. */
async function withStray(seconds: number, fields: Partial<LaunchRequest> = {}, town = city()): Promise<City> {
  await town.compute.launch(request(fields));
  await town.clock.advance(seconds);
  return town;
}

describe('a machine without a row', () => {
  test('is adopted once it is old enough to have been recorded otherwise, though that passes the limit', async () => {
    const town = await withStray(599, {}, city({ fleets: [{ runnersMaximumCount: 0 }] }));
    await sweep(town.world);
    expect((await usageOf(town)).fleetUsed).toBe(0);
    await town.clock.advance(1);
    await sweep(town.world);
    await sweep(town.world);
    expect((await usageOf(town)).fleetUsed).toBe(1);
    expect((await viewOf(town)).runners).toMatchObject([{ phase: 'up', reason: 'adopted' }]);
  });

  test('is left to its intent while that is open: adopted, it would count twice', async () => {
    const town = city({ fleets: [{ runnerBootTimeMinutes: 60 }] });
    await queueJobs(town, [1]);
    const close = () => Promise.reject(new Error('died'));
    const recordLaunched = () => Promise.reject(new Error('died'));
    await ring(town, [acme], { ...town.world, ledger: { ...town.world.ledger, close, recordLaunched } });
    await town.clock.advance(700);
    await sweep(town.world);
    expect((await viewOf(town)).runners).toEqual([]);
    expect((await usageOf(town)).fleetUsed).toBe(1);
    await ring(town);
    expect((await viewOf(town)).runners).toHaveLength(1);
    expect((await usageOf(town)).fleetUsed).toBe(1);
  });

  test('of a fleet that was removed is adopted too, so that it drains', async () => {
    const town = await withStray(700, { lane: 'gone/org:acme', fleet: 'gone' });
    await sweep(town.world);
    expect((await usageOf(town, 'gone')).fleetUsed).toBe(1);
  });

  test('whose tags name no lane keeps nobody else from being adopted', async () => {
    const town = await withStray(700, { lane: 'nonsense', token: 'a' });
    await town.compute.launch(request({ token: 'b' }));
    await town.clock.advance(700);
    await sweep(town.world);
    expect((await viewOf(town)).runners).toHaveLength(1);
    expect(town.log.lines.some(({ level, message }) => level === 'error' && message.includes('adopted'))).toBe(true);
  });

  test('that ended is none', async () => {
    const town = await withStray(700);
    town.compute.cloud.stop(aliveMachines(town)[0]?.id ?? '', 'x');
    await sweep(town.world);
    expect((await usageOf(town)).fleetUsed).toBe(0);
  });

  test('whose row was closed is not born again', async () => {
    const town = city();
    await queueJobs(town, [1]);
    await ring(town);
    const [row] = (await viewOf(town)).runners;
    if (row === undefined) throw new Error('no row');
    const lane = { fleet: 'linux-x64', scope: 'org:acme' } as const;
    await town.world.ledger.move(lane, [{ row, reason: 'absent' }], 'gone', town.clock.now());
    await town.clock.advance(700);
    await sweep(town.world);
    expect((await usageOf(town)).fleetUsed).toBe(0);
  });
});

describe('the provider’s event about one machine', () => {
  async function oneRunner() {
    const heard = overheard(city());
    await queueJobs(heard.town, [1]);
    await ring(heard.town);
    heard.sent.length = 0;
    return { ...heard, id: aliveMachines(heard.town)[0]?.id ?? '' };
  }

  test('is a hint to look: what still runs keeps its slot, whatever the event said', async () => {
    const { town, id, sent } = await oneRunner();
    expect(await lookAtMachine(town.world, id)).toBe(false);
    expect((await usageOf(town)).fleetUsed).toBe(1);
    expect(sent).toEqual([]);
  });

  test('frees the slot of what ended, once, and rings for it', async () => {
    const { town, id, sent } = await oneRunner();
    town.compute.cloud.interrupt(id);
    expect(await lookAtMachine(town.world, id)).toBe(true);
    expect(await lookAtMachine(town.world, id)).toBe(false);
    expect((await usageOf(town)).fleetUsed).toBe(0);
    expect(sent).toEqual([{ lane: acme, reason: 'slot-freed', delaySeconds: 0 }]);
  });

  test('about a machine that is not ours, or that nobody knows, does nothing', async () => {
    const { town, sent } = await oneRunner();
    await town.compute.launch(request({ lane: 'nonsense' }));
    await town.compute.launch(request({ token: 'rowless' }));
    for (const { id, lane, launchId } of aliveMachines(town)) {
      if (launchId === 'unknown') town.compute.cloud.stop(id, lane);
      expect(await lookAtMachine(town.world, id)).toBe(false);
    }
    expect(await lookAtMachine(town.world, 'i-none')).toBe(false);
    expect(sent).toEqual([]);
  });
});

test('a list of machines that broke off closes nothing and adopts nothing', async () => {
  const town = await withStray(700);
  await queueJobs(town, [1]);
  await ring(town);
  for (const { id } of aliveMachines(town)) town.compute.cloud.stop(id, 'x');
  town.compute.breakLists(1);
  expect(await sweep(town.world)).toMatchObject({ 'closed-or-adopted': 0 });
  expect((await usageOf(town)).fleetUsed).toBe(1);
});
