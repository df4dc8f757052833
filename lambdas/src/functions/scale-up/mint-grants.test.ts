import { describe, expect, test } from '@jest/globals';
import { type City, city } from '../../../tests/city/city.ts';
import { idsFrom, queueJobs } from '../../../tests/city/traffic.ts';
import { ThrottledError } from '../../core/errors.ts';
import type { Instant } from '../../core/instant.ts';
import type { World } from '../world.ts';
import { scaleUp } from './scale-up.ts';

interface Minted {
  readonly app: string;
  readonly at: Instant;
}

/** A forge that makes three runners a second for each process, as GitHub's adapter does, and what it was asked for. */
function pacedWorld({ clock, forge, world }: City, minted: Minted[]): World {
  let nextAt = clock.now();
  const createRunner: typeof forge.createRunner = async (spec) => {
    const startAt = Math.max(nextAt, clock.now());
    nextAt = startAt + 1000 / 3;
    await clock.sleep((startAt - clock.now()) / 1000);
    minted.push({ app: spec.app, at: clock.now() });
    return forge.createRunner(spec);
  };
  return { ...world, forge: { ...forge, createRunner } };
}

/** As many passes side by side as there are worlds, each second, for so long. */
async function passes({ clock, queue }: City, worlds: readonly World[], seconds: number): Promise<void> {
  const drain = async (world: World): Promise<void> => {
    for (;;) {
      const deliveries = await queue.receive(100);
      if (deliveries.length > 0) await scaleUp(world, deliveries);
      await queue.acknowledge(deliveries.map(({ receipt }) => receipt));
      await clock.sleep(1);
    }
  };
  for (const world of worlds) void drain(world);
  await clock.advance(seconds);
}

describe('a burst larger than the forge grants in a minute', () => {
  test('takes no more of it in any minute, whoever mints', async () => {
    const town = city({ fleets: [{ runnersMaximumCount: -1 }] });
    const minted: Minted[] = [];
    await queueJobs(town, idsFrom(1, 300));
    await passes(town, [pacedWorld(town, minted), pacedWorld(town, minted)], 180);
    expect(minted.length).toBe(300);
    const inMinuteFrom = ({ at }: Minted): number => minted.filter((m) => m.at >= at && m.at < at + 59_000).length;
    expect(Math.max(...minted.map(inMinuteFrom))).toBeLessThanOrEqual(180);
  });

  test('is minted with each App at once', async () => {
    const town = city({ apps: ['app-1', 'app-2'], fleets: [{ runnersMaximumCount: -1 }] });
    const minted: Minted[] = [];
    await queueJobs(town, idsFrom(1, 360));
    await passes(town, [pacedWorld(town, minted), pacedWorld(town, minted)], 75);
    for (const app of town.forge.apps) expect(minted.filter((m) => m.app === app).length).toBe(180);
  });
});

test('grants that somebody is minting are left to them', async () => {
  const town = city({ fleets: [{ runnersMaximumCount: -1 }] });
  const minted: Minted[] = [];
  await queueJobs(town, idsFrom(1, 30));
  const stuck: World = { ...town.world, forge: { ...town.forge, createRunner: () => new Promise(() => {}) } };
  await passes(town, [stuck], 10);
  await town.queue.send([{ lane: 'linux-x64/org:acme', reason: 'test' }], 0);
  await passes(town, [pacedWorld(town, minted)], town.world.timing.scaleUpLimitSeconds - 30);
  expect(minted).toEqual([]);
  await town.queue.send([{ lane: 'linux-x64/org:acme', reason: 'test' }], 30);
  await town.clock.advance(60);
  expect(minted.length).toBe(30);
});

describe('a forge that says when it may be asked again', () => {
  /** A forge that refuses the first so many, each until so many seconds later: how often it is asked. */
  const refusedFor = async (refusals: number, seconds: number, jobs = 1): Promise<number> => {
    const town = city({ fleets: [{ runnersMaximumCount: -1 }] });
    const { clock, forge } = town;
    let asked = 0;
    const createRunner: typeof forge.createRunner = async (spec) => {
      asked += 1;
      if (asked > refusals) return forge.createRunner(spec);
      throw new ThrottledError('secondary rate limit', { retryAt: clock.now() + seconds * 1000 });
    };
    await queueJobs(town, idsFrom(1, jobs));
    const deadlineAt = clock.now() + 100_000;
    await passes(town, [{ ...town.world, deadlineAt, forge: { ...forge, createRunner } }], 90);
    return asked;
  };

  test('is asked then, however often that is', async () => {
    expect(await refusedFor(7, 10)).toBe(8);
  });

  test('is not waited for where this invocation would not see that time', async () => {
    expect(await refusedFor(7, 600)).toBe(1);
  });

  test('is asked by nobody else of the same pass before that', async () => {
    const jobs = 100;
    // Those that were on their way when the first was refused are refused as well.
    expect(await refusedFor(8, 10, jobs)).toBe(jobs + 8);
    expect(await refusedFor(100, 600, jobs)).toBeLessThanOrEqual(8);
  });
});
