import { describe, expect, test } from '@jest/globals';
import { type City, city } from '../../../tests/city/city.ts';
import { acme, nameOf, overheard, ring, saidBy } from '../../../tests/city/invoke.ts';
import { aliveMachines } from '../../../tests/city/life.ts';
import { idsFrom, queueJobs } from '../../../tests/city/traffic.ts';
import { fleet } from '../../../tests/fleet.ts';
import { NameTakenError } from '../../core/errors.ts';
import type { Forge } from '../../ports/forge.ts';
import { mintGrants } from './mint-grants.ts';
import { scaleUp } from './scale-up.ts';

const lane = { fleet: 'linux-x64', scope: 'org:acme' } as const;
const delivery = { receipt: 'r', request: { lane: acme, reason: 'test' }, receiveCount: 1 };
const never = new Promise<never>(() => {});

async function waiting(jobs: number): Promise<City> {
  const { town } = overheard(city({ fleets: [{ runnersMaximumCount: -1 }] }));
  await queueJobs(town, idsFrom(1, jobs));
  return town;
}

/** A scale-up that is killed while it mints. */
async function diesMinting(town: City, createRunner: Forge['createRunner']): Promise<void> {
  void scaleUp({ ...town.world, forge: { ...town.forge, createRunner } }, [delivery]);
  await town.clock.advance(5);
}

const grantStates = (town: City): readonly string[] => town.hosts.records().map(({ grantState }) => grantState);

describe('a grant is minted once for a machine', () => {
  test('however many passes find it without one', async () => {
    const town = await waiting(1);
    await diesMinting(town, () => never);
    const instanceIds = aliveMachines(town).map(({ id }) => id);
    await town.clock.advance(200);
    const mint = () => mintGrants(town.world, fleet(), lane, { app: 'app-1', grantsFrom: 0, instanceIds });
    await Promise.all([mint(), mint(), mint()]);
    expect(town.forge.calls.createRunner).toBe(1);
    expect(town.forge.registrations()).toHaveLength(1);
  });

  test('also where its minter died after the forge made the runner: what holds the name is left, and not used', async () => {
    const town = await waiting(1);
    await diesMinting(town, async (spec) => {
      await town.forge.createRunner(spec);
      return never;
    });
    await town.clock.advance(121);
    await ring(town);
    const [machine] = aliveMachines(town);
    expect(nameOf(town, machine?.id ?? '')).toMatch(new RegExp(`^ci-${machine?.id}\\.[0-9a-z]+$`));
    expect(town.forge.registrations().map(({ name }) => name)).toContain(`ci-${machine?.id}`);
    expect(town.forge.calls.removeRunner).toBe(0);
    expect(grantStates(town)).toEqual(['given']);
  });

  test('never a second one once it was given, taken or made void', async () => {
    const town = await waiting(3);
    await ring(town);
    const [given, taken, voided] = aliveMachines(town);
    await town.hosts.ownHost(taken?.id ?? '').takeGrant();
    await town.hosts.void(lane, voided?.id ?? '');
    await town.clock.advance(130);
    await ring(town);
    const instanceIds = [given, taken, voided].map((machine) => machine?.id ?? '');
    await mintGrants(town.world, fleet(), lane, { app: 'app-1', grantsFrom: 0, instanceIds });
    expect(town.forge.calls.createRunner).toBe(3);
    expect([...grantStates(town)].sort()).toEqual(['given', 'taken', 'void']);
  });

  test('and not used where the machine ended meanwhile', async () => {
    const town = await waiting(1);
    await diesMinting(town, async (spec) => {
      await town.hosts.void(lane, aliveMachines(town)[0]?.id ?? '');
      return town.forge.createRunner(spec);
    });
    await town.clock.advance(5);
    expect(grantStates(town)).toEqual(['void']);
    expect(town.log.lines.some(({ fields }) => fields?.reason === 'host-row-closed')).toBe(true);
  });
});

describe('a forge that refuses a grant', () => {
  test('for a while is asked again, a few times', async () => {
    const town = await waiting(1);
    town.forge.failNext('createRunner', 'before', new Error('502'), 3);
    await ring(town);
    expect(grantStates(town)).toEqual(['given']);
  });

  test('for longer leaves the machine to the next pass, which is on its way', async () => {
    const heard = overheard(await waiting(2));
    heard.town.forge.failNext('createRunner', 'before', new Error('502'), 8);
    await ring(heard.town);
    expect(grantStates(heard.town)).toEqual(['none', 'none']);
    expect(heard.sent.map(({ reason }) => reason)).toContain('grants-missing');
    await heard.town.clock.advance(125);
    await ring(heard.town);
    expect(saidBy(heard.town, 'grants')).toMatchObject([{ kind: 'mint', reason: 'grants-missing', count: 2 }]);
    expect(grantStates(heard.town)).toEqual(['given', 'given']);
    expect(aliveMachines(heard.town)).toHaveLength(2);
  });

  test('because every name seems taken gives up in the end, and deletes nothing', async () => {
    const town = await waiting(1);
    const names: string[] = [];
    const createRunner: Forge['createRunner'] = async ({ name }) => {
      names.push(name);
      throw new NameTakenError(`${name} exists.`);
    };
    await ring(town, [acme], { ...town.world, forge: { ...town.forge, createRunner } });
    expect(new Set(names).size).toBe(4);
    expect(town.forge.calls.removeRunner).toBe(0);
  });

  test('for one machine does not keep the others from theirs', async () => {
    const town = await waiting(5);
    const createRunner: Forge['createRunner'] = async (spec) => {
      if (spec.name.includes(aliveMachines(town)[2]?.id ?? 'none')) throw new Error('422');
      return town.forge.createRunner(spec);
    };
    await ring(town, [acme], { ...town.world, forge: { ...town.forge, createRunner } });
    expect([...grantStates(town)].sort()).toEqual(['given', 'given', 'given', 'given', 'none']);
  });
});
