import { describe, expect, test } from '@jest/globals';
import type { Job } from '../../src/core/job.ts';
import { webhook } from '../../src/functions/webhook/webhook.ts';
import { type City, city } from '../city/city.ts';
import { aliveMachines, live, liveUntil } from '../city/life.ts';
import { deliver, idsFrom, queueJobs } from '../city/traffic.ts';

const isOver = (town: City): boolean =>
  town.forge.jobs().every(({ state }) => state === 'done') && aliveMachines(town).length === 0;

describe('no job is lost', () => {
  test('a job that no event ever told us of is found by the sweep', async () => {
    const town = city();
    const truth = live(town, { delivers: () => false });
    await queueJobs(town, [1]);
    const [known] = town.forge.jobs() as [Job];
    for (const id of idsFrom(2, 5)) {
      town.forge.addJob({ ...known, key: `memory/acme/app/${id}`, ref: { ...known.ref, id: String(id) } });
    }
    await liveUntil(town, 3600, () => isOver(town));
    expect(truth.runs.size).toBe(6);
  });

  test('a repository that never told us of a job is asked about its jobs', async () => {
    const town = city();
    const truth = live(town);
    town.forge.addJob({
      key: 'memory/acme/silent/1',
      ref: { repo: 'acme/silent', id: '1', attempt: 1 },
      state: 'queued',
      labels: ['self-hosted', 'linux'],
      owner: 'acme',
      queuedAt: town.clock.now(),
    });
    await liveUntil(town, 3600, () => isOver(town));
    expect(truth.runs.size).toBe(1);
  });

  test('jobs cancelled before the launch lower demand: no machine comes for them', async () => {
    const town = city({ fleets: [{ runnersMaximumCount: 100 }] });
    await queueJobs(town, idsFrom(1, 100));
    for (const id of idsFrom(1, 100)) {
      town.forge.finishJob(`memory/acme/app/${id}`, 'cancelled');
      await deliver(town, `memory/acme/app/${id}`);
    }
    const truth = live(town);
    await town.clock.advance(300);
    expect(truth.machines).toBe(0);
  });

  test('a queued event redelivered after completed raises no demand', async () => {
    const town = city();
    await queueJobs(town, [1]);
    const queued = town.forge.jobs()[0] as Job;
    town.forge.finishJob(queued.key);
    await deliver(town, queued.key);
    const answer = await webhook(town.world, town.forge.delivery(queued, 'queued'));
    expect(answer).toMatchObject({ status: 200, body: { state: 'done' } });
    const truth = live(town);
    await town.clock.advance(300);
    expect(truth.machines).toBe(0);
  });

  test('foreign jobs that take our runners starve nobody', async () => {
    const town = city({ fleets: [{ runnersMaximumCount: 20 }] });
    const foreign = (id: number): Job => ({
      key: `memory/acme/other/${id}`,
      ref: { repo: 'acme/other', id: String(id), attempt: 1 },
      state: 'queued',
      labels: ['linux'],
      owner: 'acme',
      queuedAt: town.clock.now(),
    });
    // Taken first, and no event about them ever comes.
    const truth = live(town, {
      choose: (jobs) => jobs.find(({ ref }) => ref.repo === 'acme/other') ?? jobs[0],
      delivers: ({ ref }) => ref.repo !== 'acme/other',
    });
    for (const id of idsFrom(1, 10)) town.forge.addJob(foreign(id));
    await queueJobs(town, idsFrom(1, 20));
    await liveUntil(town, 3 * 3600, () => isOver(town));
    expect(truth.runs.size).toBe(30);
    expect(truth.peakMachines).toBeLessThanOrEqual(20);
  });

  test('a lane whose owner is broken stops nobody else', async () => {
    const town = city({ fleets: [{ runnersMaximumCount: 20 }] });
    const createRunner = town.forge.createRunner;
    const listRunners = town.forge.listRunners;
    const world = {
      ...town.world,
      forge: {
        ...town.forge,
        createRunner: (spec: Parameters<typeof createRunner>[0]) =>
          spec.scope === 'org:broken' ? Promise.reject(new Error('503 from the forge')) : createRunner(spec),
        async *listRunners(scope: Parameters<typeof listRunners>[0]) {
          if (scope === 'org:broken') throw new Error('503 from the forge');
          yield* listRunners(scope);
        },
      },
    };
    const broken: City = { ...town, world };
    const truth = live(broken);
    await queueJobs(broken, idsFrom(1, 5), 'broken');
    await queueJobs(broken, idsFrom(11, 5), 'sound');
    await liveUntil(broken, 1800, () => [...truth.runs.keys()].filter((key) => key.includes('sound')).length === 5);
    expect(truth.runs.size).toBe(5);
    expect(town.queue.deadLetters()).toEqual([]);
  });

  test('an hour without any capacity: nothing among the dead letters, no hot loop, and all run when it is back', async () => {
    const town = city({ fleets: [{ runnersMaximumCount: 60 }] });
    const truth = live(town);
    town.compute.cloud.setCapacity({ type: 'process', zone: 'local' }, 0);
    await queueJobs(town, idsFrom(1, 50));
    await town.clock.advance(3600);
    expect(town.compute.counts().launch).toBeLessThan(60);
    expect(town.queue.deadLetters()).toEqual([]);
    town.compute.cloud.setCapacity({ type: 'process', zone: 'local' }, 100);
    await liveUntil(town, 1800, () => isOver(town));
    expect(truth.runs.size).toBe(50);
  });

  test('a machine that Spot takes during its boot is replaced', async () => {
    const town = city();
    const truth = live(town);
    await queueJobs(town, [1]);
    await liveUntil(town, 120, () => aliveMachines(town).length === 1);
    for (const { id } of aliveMachines(town)) town.compute.cloud.interrupt(id);
    await liveUntil(town, 1200, () => isOver(town));
    expect(truth.runs.size).toBe(1);
  });

  test('grants that the forge refuses for a while are minted later, on the same machines', async () => {
    const town = city({ fleets: [{ runnersMaximumCount: 10, runnerBootTimeMinutes: 10 }] });
    town.forge.failNext('createRunner', 'before', new Error('502'), 20);
    const truth = live(town);
    await queueJobs(town, idsFrom(1, 5));
    await liveUntil(town, 1800, () => isOver(town));
    expect(truth.runs.size).toBe(5);
    expect(truth.machines).toBe(5);
  });

  test('a queue that is purged in the middle loses nothing', async () => {
    const town = city({ fleets: [{ runnersMaximumCount: 5 }] });
    const truth = live(town);
    await queueJobs(town, idsFrom(1, 20));
    await town.clock.advance(30);
    for (let i = 0; i < 10; i++) {
      const deliveries = await town.queue.receive(100);
      await town.queue.acknowledge(deliveries.map(({ receipt }) => receipt));
      await town.clock.advance(3);
    }
    await liveUntil(town, 3600, () => isOver(town));
    expect(truth.runs.size).toBe(20);
  });

  test('labels that match nothing today are matched when the configuration changes', async () => {
    const town = city({ fleets: [{ name: 'arm', labels: ['self-hosted', 'arm64'] }] });
    const [answer] = await queueJobs(town, [1]);
    expect(answer).toMatchObject({ status: 202, body: { reason: 'no-fleet-matches', nearest: { fleet: 'arm' } } });
    const { world } = city({ fleets: [{ name: 'linux-x64' }] });
    const changed: City = { ...town, world: { ...town.world, config: world.config } };
    const truth = live(changed);
    await liveUntil(changed, 1800, () => isOver(changed));
    expect(truth.runs.size).toBe(1);
  });
});
