import { describe, expect, test } from '@jest/globals';
import { type City, city } from '../../../tests/city/city.ts';
import { comeUp, ring } from '../../../tests/city/invoke.ts';
import { aliveMachines } from '../../../tests/city/life.ts';
import { queueJobs } from '../../../tests/city/traffic.ts';
import { sweep } from './sweep.ts';

/** A lane with one runner at work, and registrations under these names beside it. */
async function townWith(names: readonly string[]): Promise<City> {
  const town = city();
  await queueJobs(town, [1]);
  await ring(town);
  await comeUp(town);
  for (const name of names) {
    const labels = ['self-hosted'];
    const spec = { name, scope: 'org:acme', labels, runnerGroup: 'Default', ephemeral: true, app: 'app-1' } as const;
    await town.forge.createRunner(spec);
  }
  return town;
}

async function sweepFor(town: City, seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 60) {
    await sweep(town.world);
    await town.clock.advance(60);
  }
  await sweep(town.world);
}

const names = (town: City): readonly string[] => town.forge.registrations().map(({ name }) => name);

describe('a registration without a machine', () => {
  test('is removed once it was seen so for ten minutes, and not before', async () => {
    const town = await townWith(['ci-i-dead']);
    await sweepFor(town, 540);
    expect(names(town)).toContain('ci-i-dead');
    await sweepFor(town, 420);
    expect(names(town)).not.toContain('ci-i-dead');
  });

  test.each(['laptop', 'staging-i-0abc', 'ci2-i-0abc', 'i-0abc'])(
    'that is not ours, %s, is never touched',
    async (name) => {
      const town = await townWith([name]);
      await sweepFor(town, 3600);
      expect(names(town)).toContain(name);
    },
  );

  test('that is online is none: a list of machines may lag', async () => {
    const town = await townWith(['ci-i-there']);
    town.forge.setOnline('ci-i-there', true);
    await sweepFor(town, 3600);
    expect(names(town)).toContain('ci-i-there');
  });

  test('that came back in between is suspected anew', async () => {
    const town = await townWith(['ci-i-flaky']);
    await sweepFor(town, 480);
    town.forge.setOnline('ci-i-flaky', true);
    await sweepFor(town, 420);
    town.forge.setOnline('ci-i-flaky', false);
    await sweepFor(town, 480);
    expect(names(town)).toContain('ci-i-flaky');
  });

  test('is left while machines can’t be listed', async () => {
    const town = await townWith(['ci-i-dead']);
    town.compute.breakLists(0);
    await sweepFor(town, 3600);
    expect(names(town)).toContain('ci-i-dead');
  });

  test('that runs a job all the same is left to the forge', async () => {
    const town = await townWith(['ci-i-dead']);
    town.forge.startJob('memory/acme/app/1', 'ci-i-dead');
    town.forge.setOnline('ci-i-dead', false);
    await sweepFor(town, 1800);
    expect(names(town)).toContain('ci-i-dead');
  });
});

test('a runner whose machine lives is never removed, though it is offline', async () => {
  const town = await townWith([]);
  const [name] = names(town);
  town.forge.setOnline(name ?? '', false);
  await sweepFor(town, 3600);
  expect(names(town)).toEqual([name]);
});

test('a second name of a machine that became a runner under another goes: its maker died before it was given', async () => {
  const town = await townWith([]);
  const id = aliveMachines(town)[0]?.id ?? '';
  const spec = { scope: 'org:acme', labels: ['x'], runnerGroup: 'Default', ephemeral: true, app: 'app-1' } as const;
  await town.forge.createRunner({ ...spec, name: `ci-${id}.dead` });
  await sweepFor(town, 1200);
  expect(names(town)).toEqual([`ci-${id}`]);
});

test('a scope that can’t be listed keeps no other from being tidied', async () => {
  const town = await townWith(['ci-i-dead']);
  await queueJobs(town, [9], 'aaa-broken');
  const listRunners: typeof town.forge.listRunners = (scope) => {
    if (scope === 'org:aaa-broken') throw new Error('503');
    return town.forge.listRunners(scope);
  };
  const broken = { ...town, world: { ...town.world, forge: { ...town.forge, listRunners } } };
  await sweepFor(broken, 1200);
  expect(names(town)).not.toContain('ci-i-dead');
});
