import { describe, expect, test } from '@jest/globals';
import { type City, city } from '../../../tests/city/city.ts';
import { comeUp, nameOf, ring, saidBy, say } from '../../../tests/city/invoke.ts';
import { aliveMachines } from '../../../tests/city/life.ts';
import { queueJobs } from '../../../tests/city/traffic.ts';
import { DeniedError } from '../../core/errors.ts';
import { scaleDown } from './scale-down.ts';

const fields = { runnerBootTimeMinutes: 5, hardLimitHours: 2, minimumRunningTimeMinutes: 600 };

async function oneMachine(): Promise<{ readonly town: City; readonly id: string }> {
  const town = city({ fleets: [fields] });
  await queueJobs(town, [1]);
  await ring(town);
  return { town, id: aliveMachines(town)[0]?.id ?? 'none' };
}

const kindOf = async (town: City): Promise<string | undefined> => (await scaleDown(town.world))[0]?.runners[0]?.kind;

describe('a machine that never took its grant', () => {
  test('is kept from ever taking it before it ends', async () => {
    const { town, id } = await oneMachine();
    await town.clock.advance(301);
    expect(await kindOf(town)).toBe('end-unstarted');
    expect(await town.hosts.ownHost(id).takeGrant()).toBeNull();
    expect(aliveMachines(town)).toEqual([]);
    expect(town.forge.registrations()).toEqual([]);
  });

  test('is left alone if it takes it at the last moment', async () => {
    const { town, id } = await oneMachine();
    await town.clock.advance(301);
    const read: City['hosts']['read'] = async (lane, ids) => {
      const rows = await town.hosts.read(lane, ids);
      await town.hosts.ownHost(id).takeGrant();
      return rows;
    };
    await scaleDown({ ...town.world, hosts: { ...town.world.hosts, read } });
    expect(aliveMachines(town)).toHaveLength(1);
    expect(town.forge.registrations()).toHaveLength(1);
    expect(saidBy(town, 'scale-down')).toContainEqual(
      expect.objectContaining({ kind: 'keep', reason: 'took-its-grant' }),
    );
  });

  test('ends also where the forge has thrown us out: it could never work', async () => {
    const { town } = await oneMachine();
    await town.clock.advance(301);
    town.forge.failNext('removeRunner', 'before', new DeniedError('The App is not installed.'), 9);
    await scaleDown(town.world);
    expect(aliveMachines(town)).toEqual([]);
  });
});

describe('a runner past the hard limit', () => {
  test.each(['busy', 'away'])('ends though the forge is %s', async (how) => {
    const { town, id } = await oneMachine();
    await comeUp(town, 'busy');
    town.forge.startJob('memory/acme/app/1', nameOf(town, id));
    if (how === 'away') town.forge.failNext('removeRunner', 'before', new Error('503'), 9);
    await town.clock.advance(2 * 3600 + 1);
    await say(town, id, 'busy');
    expect(await kindOf(town)).toBe('end-at-hard-limit');
    expect(aliveMachines(town)).toEqual([]);
  });
});

describe('a runner that looks lost', () => {
  /** Silent and offline at the forge for as long as it takes. */
  async function lost(): Promise<{ readonly town: City; readonly id: string }> {
    const found = await oneMachine();
    await comeUp(found.town);
    found.town.forge.setOnline(nameOf(found.town, found.id), false);
    for (let minute = 0; minute < 19; minute++) {
      await found.town.clock.advance(60);
      await scaleDown(found.town.world);
    }
    expect(aliveMachines(found.town)).toHaveLength(1);
    await found.town.clock.advance(60);
    return found;
  }

  test('is deregistered, then ended', async () => {
    const { town } = await lost();
    expect(await kindOf(town)).toBe('end-lost');
    expect(aliveMachines(town)).toEqual([]);
    expect(town.forge.registrations()).toEqual([]);
  });

  test('is left to the forge’s last word, if that is busy or none', async () => {
    const { town, id } = await lost();
    town.forge.failNext('removeRunner', 'before', new Error('503'));
    expect(await kindOf(town)).toBe('end-lost');
    expect(aliveMachines(town)).toHaveLength(1);
    town.forge.startJob('memory/acme/app/1', nameOf(town, id));
    town.forge.setOnline(nameOf(town, id), false);
    town.forge.setBusy(nameOf(town, id), false);
    expect(await kindOf(town)).toBe('end-lost');
    expect(aliveMachines(town)).toHaveLength(1);
  });

  test('is not ended soon after the forge called it busy, though its list says otherwise and it lets itself be removed', async () => {
    const { town, id } = await lost();
    town.forge.startJob('memory/acme/app/1', nameOf(town, id));
    town.forge.setOnline(nameOf(town, id), false);
    town.forge.setBusy(nameOf(town, id), false);
    expect(await kindOf(town)).toBe('end-lost');
    town.forge.setDeleteWhileBusy(true);
    for (let minute = 0; minute < 14; minute++) {
      await town.clock.advance(60);
      await scaleDown(town.world);
    }
    expect(aliveMachines(town)).toHaveLength(1);
  });
});
