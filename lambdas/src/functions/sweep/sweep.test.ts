import { describe, expect, test } from '@jest/globals';
import { aJob, type City, city } from '../../../tests/city/city.ts';
import { acme, comeUp, overheard, reconfigured, ring, saidBy, viewOf } from '../../../tests/city/invoke.ts';
import { aliveMachines } from '../../../tests/city/life.ts';
import { deliver, idsFrom, queueJobs } from '../../../tests/city/traffic.ts';
import { webhook } from '../webhook/webhook.ts';
import type { World } from '../world.ts';
import { lookAtMachine } from './look-at-machine.ts';
import { sweep } from './sweep.ts';

const fields = { runnersMaximumCount: -1, runnerBootTimeMinutes: 60 };
const reasons = (sent: readonly { readonly reason: string }[]): readonly string[] => sent.map(({ reason }) => reason);

describe('each part by itself', () => {
  const broken: readonly [string, (town: City) => Partial<World>][] = [
    ['missed-events', ({ forge }) => ({ forge: { ...forge, missedEvents: thrown } })],
    ['jobs-found', ({ world }) => ({ ledger: { ...world.ledger, repositories: async () => thrown() } })],
    ['requests', ({ queue }) => ({ queue: { ...queue, send: async () => thrown() } })],
    ['strays-removed', ({ world }) => ({ ledger: { ...world.ledger, cursor: strayless(world) } })],
  ];
  const thrown = (): never => {
    throw new Error('It is away.');
  };
  const strayless =
    ({ ledger }: World): World['ledger']['cursor'] =>
    async (name) =>
      name.includes('stray') ? thrown() : ledger.cursor(name);

  test.each(broken)('a failure of %s stops no other, and says so', async (part, more) => {
    const town = city();
    await queueJobs(town, [1]);
    const report = await sweep({ ...town.world, ...more(town) });
    expect(report[part]).toBe('It is away.');
    expect(Object.keys(report)).toHaveLength(7);
    const errors = town.log.lines.filter(({ level }) => level === 'error');
    expect(errors.map(({ fields: { part: failed } }) => failed)).toContain(part);
  });

  test('a lane that can’t be read keeps no other from being rung for', async () => {
    const { town, sent } = overheard(city());
    await queueJobs(town, [1]);
    await queueJobs(town, [2], 'broken');
    const lane: World['ledger']['lane'] = async (of) =>
      of.scope === 'org:broken' ? thrown() : town.world.ledger.lane(of);
    sent.length = 0;
    await sweep({ ...town.world, ledger: { ...town.world.ledger, lane } });
    expect(sent).toEqual([{ lane: acme, reason: 'lane-lacks-runners', delaySeconds: 0 }]);
  });

  test('where time runs out, the rest is the next sweep’s', async () => {
    const town = city();
    expect(await sweep({ ...town.world, deadlineAt: town.clock.now() })).toEqual({});
  });
});

describe('it rings', () => {
  test('for a lane that lacks runners, unless that waits already', async () => {
    const { town, sent } = overheard(city({ fleets: [{ runnersMaximumCount: 0 }] }));
    await queueJobs(town, [1]);
    await sweep(town.world);
    expect(reasons(sent)).toContain('lane-lacks-runners');
    await ring(town);
    sent.length = 0;
    await sweep(town.world);
    expect(sent).toEqual([]);
    // Its message was lost: past its moment, the sweep is it.
    await town.clock.advance(20);
    await sweep(town.world);
    expect(reasons(sent)).toEqual(['lane-lacks-runners']);
  });

  test('for a launch that nobody settles, also of a fleet that was removed', async () => {
    const { town, sent } = overheard(city());
    await queueJobs(town, [1]);
    const close = () => Promise.reject(new Error('died'));
    await ring(town, [acme], { ...town.world, ledger: { ...town.world.ledger, close } });
    sent.length = 0;
    await sweep(town.world);
    expect(reasons(sent)).not.toContain('intent-without-owner');
    await town.clock.advance(151);
    await sweep(town.world);
    expect(reasons(sent)).toContain('intent-without-owner');
    sent.length = 0;
    await sweep({ ...town.world, config: { ...town.world.config, fleets: [] } });
    expect(sent).toContainEqual({ lane: acme, reason: 'intent-without-owner', delaySeconds: 0 });
  });

  test('for machines that wait for a grant', async () => {
    const { town, sent } = overheard(city({ fleets: [fields] }));
    await queueJobs(town, [1]);
    town.forge.failNext('createRunner', 'before', new Error('502'), 9);
    await ring(town);
    await town.clock.advance(140);
    sent.length = 0;
    await sweep(town.world);
    expect(reasons(sent)).toContain('grants-missing');
  });

  test('for a pool that is due where nothing ever ran', async () => {
    const poolConfig = [{ scheduleExpression: 'rate(1 minute)', timeZone: 'UTC', size: 2 }];
    const { town, sent } = overheard(city({ fleets: [{ ...fields, poolConfig, poolScope: 'org:acme' }] }));
    await sweep(town.world);
    expect(sent).toContainEqual({ lane: acme, reason: 'lane-lacks-runners', delaySeconds: 0 });
    await ring(town);
    expect(aliveMachines(town)).toHaveLength(2);
  });

  test('and launches nothing itself', async () => {
    const { town } = overheard(city());
    await queueJobs(town, idsFrom(1, 3));
    await sweep(town.world);
    expect(town.compute.counts()).toMatchObject({ launch: 0, end: 0 });
  });

  test('with an error for a job that three launches did not start', async () => {
    const { town } = overheard(city({ fleets: [fields] }));
    await queueJobs(town, [1]);
    for (let launch = 0; launch < 3; launch++) {
      await ring(town);
      for (const { id } of await comeUp(town, 'done')) {
        await town.clock.advance(200);
        town.compute.cloud.stop(id, 'ended');
        await lookAtMachine(town.world, id);
      }
    }
    await ring(town);
    for (const { id } of await comeUp(town, 'done')) town.compute.cloud.stop(id, 'ended');
    await sweep(town.world);
    const alarm = town.log.lines.find(({ fields: { reason } }) => reason === 'three-launches-did-not-start-it');
    expect(alarm).toMatchObject({ level: 'error', fields: { lane: acme, jobs: 1 } });
  });
});

describe('events that could not be delivered', () => {
  const missed = (town: City, id: number): void => {
    const job = aJob(id, { queuedAt: town.clock.now() });
    town.forge.missEvent({ type: 'job', deliveryId: `d${id}`, action: 'queued', job });
  };

  test('are heard once, from where the last sweep ended', async () => {
    const { town, sent } = overheard(city());
    for (const id of [1, 2]) missed(town, id);
    town.forge.missEvent({ type: 'other', deliveryId: 'd3', reason: 'event-ping' });
    expect(await sweep(town.world)).toMatchObject({ 'missed-events': 2 });
    expect(sent).toContainEqual({ lane: acme, reason: 'missed-event', delaySeconds: 0 });
    missed(town, 4);
    expect(await sweep(town.world)).toMatchObject({ 'missed-events': 1 });
    expect((await viewOf(town)).jobs).toHaveLength(3);
  });

  test('of repositories that are not allowed stay unheard', async () => {
    const town = city({ repositoryAllowList: ['acme/other'] });
    missed(town, 1);
    expect(await sweep(town.world)).toMatchObject({ 'missed-events': 0 });
    expect((await viewOf(town)).jobs).toEqual([]);
  });

  test('that can’t be recorded are heard again: the cursor passes none of them', async () => {
    const town = city();
    missed(town, 1);
    const record = () => Promise.reject(new Error('throttled'));
    await sweep({ ...town.world, ledger: { ...town.world.ledger, record } });
    expect(await sweep(town.world)).toMatchObject({ 'missed-events': 1 });
  });
});

describe('jobs that no event told us of', () => {
  test('are looked for in turn, ten repositories a sweep, so that each is asked about', async () => {
    const town = city();
    const asked: string[] = [];
    const openJobs: World['forge']['openJobs'] = (repo) => {
      asked.push(repo);
      return town.forge.openJobs(repo);
    };
    const repos = idsFrom(10, 25).map((id) => `acme/repo-${id}`);
    for (const repo of repos) town.forge.addRepository(repo);
    const world = { ...town.world, forge: { ...town.forge, openJobs } };
    for (let times = 0; times < 5; times++) await sweep(world);
    expect(asked.slice(0, 25)).toEqual(repos);
    expect(asked).toHaveLength(50);
    expect(asked.slice(25)).toEqual(repos);
  });

  test('in a repository that can’t be read keep no other from its turn', async () => {
    const town = city();
    const openJobs: World['forge']['openJobs'] = (repo) => {
      if (repo === 'acme/aaa') throw new Error('404');
      return town.forge.openJobs(repo);
    };
    town.forge.addRepository('acme/aaa');
    town.forge.addJob(aJob(1, { queuedAt: town.clock.now() }));
    expect(await sweep({ ...town.world, forge: { ...town.forge, openJobs } })).toMatchObject({ 'jobs-found': 1 });
  });

  test('are found in known repositories though the forge can’t list which there are', async () => {
    const town = city();
    await town.world.ledger.record(aJob(1), null, town.clock.now());
    town.forge.addJob(aJob(2, { queuedAt: town.clock.now() }));
    const repositories = (): never => {
      throw new Error('502');
    };
    expect(await sweep({ ...town.world, forge: { ...town.forge, repositories } })).toMatchObject({ 'jobs-found': 1 });
  });

  test('are looked for only where that is allowed', async () => {
    const town = city({ repositoryAllowList: ['acme/other'] });
    town.forge.addJob(aJob(1, { queuedAt: town.clock.now() }));
    await sweep(town.world);
    expect(town.forge.calls.openJobs).toBe(0);
  });
});

describe('jobs whose state may be wrong', () => {
  test('one that the forge no longer lists is read, and done in the ledger', async () => {
    const town = city({ fleets: [fields] });
    await queueJobs(town, [1]);
    town.forge.finishJob('memory/acme/app/1');
    await town.clock.advance(61);
    await sweep(town.world);
    expect((await viewOf(town)).jobs).toEqual([]);
  });

  test('one that the forge does not know is closed after two reads a minute apart, not after one', async () => {
    const town = city({ fleets: [fields] });
    await queueJobs(town, [1]);
    town.forge.forgetJob('memory/acme/app/1');
    await town.clock.advance(61);
    await sweep(town.world);
    expect((await viewOf(town)).jobs).toMatchObject([{ doubt: { says: 'unknown' } }]);
    await town.clock.advance(61);
    await sweep(town.world);
    expect((await viewOf(town)).jobs).toEqual([]);
    expect((await town.world.ledger.job('memory/acme/app/1'))?.job).toMatchObject({ conclusion: 'unknown-to-forge' });
  });

  test('one whose runner is gone is read at once, so that its re-run finds a runner', async () => {
    const { town, sent } = overheard(city({ fleets: [fields] }));
    await queueJobs(town, [1]);
    town.forge.startJob('memory/acme/app/1', 'ci-i-gone');
    await deliver(town, 'memory/acme/app/1');
    sent.length = 0;
    expect(await sweep(town.world)).toMatchObject({ 'jobs-read': 1 });
    expect(sent).toContainEqual({ lane: acme, reason: 'jobs-were-read', delaySeconds: 0 });
    expect(await sweep(town.world)).toMatchObject({ 'jobs-read': 0 });
  });

  test('one that runs for hours is asked about once an hour', async () => {
    const town = city({ fleets: [fields] });
    await queueJobs(town, [1]);
    await ring(town);
    const [machine] = await comeUp(town, 'done');
    town.forge.startJob('memory/acme/app/1', `ci-${machine?.id}`);
    await deliver(town, 'memory/acme/app/1');
    let reads = 0;
    for (let minute = 0; minute < 130; minute++) {
      await town.clock.advance(60);
      reads += Number((await sweep(town.world))['jobs-read']);
    }
    expect(reads).toBe(2);
  });
});

test('after a change of configuration each waiting job is matched anew, once', async () => {
  const { town, sent } = overheard(city({ fleets: [{ ...fields, name: 'old' }] }));
  const arm = aJob(2, { labels: ['self-hosted', 'arm64'] });
  for (const job of [aJob(1), arm]) await webhook(town.world, town.forge.delivery(job));
  const fleets = [
    { ...fields, name: 'new' },
    { ...fields, name: 'arm', labels: ['self-hosted', 'arm64'] },
  ];
  const changed = reconfigured(town, city({ fleets }));
  sent.length = 0;
  expect(await sweep(changed.world)).toMatchObject({ 'jobs-rematched': 2 });
  expect(sent.filter(({ reason }) => reason === 'configuration-changed').map(({ lane }) => lane)).toEqual([
    'new/org:acme',
    'arm/org:acme',
  ]);
  await town.clock.advance(120);
  expect(await sweep(changed.world)).toMatchObject({ 'jobs-rematched': 0 });

  const job: World['ledger']['job'] = () => Promise.reject(new Error('It is read again.'));
  const { world } = changed;
  expect(await sweep({ ...world, ledger: { ...world.ledger, job } })).toMatchObject({ 'jobs-rematched': 0 });
});

test('a change of configuration is not taken for done where time ran out on the way', async () => {
  const town = city({ fleets: [{ ...fields, name: 'old' }] });
  for (const job of [aJob(1), aJob(2), aJob(3)]) await webhook(town.world, town.forge.delivery(job));
  const { world } = reconfigured(town, city({ fleets: [{ ...fields, name: 'new' }] }));
  const deadlineAt = town.clock.now() + 1;
  // Time passes with the first job that is moved.
  const relane: World['ledger']['relane'] = async (...job) => {
    await town.clock.advance(1);
    return world.ledger.relane(...job);
  };
  const hurried = { ...world, deadlineAt, ledger: { ...world.ledger, relane } };
  expect(await sweep(hurried)).toMatchObject({ 'jobs-rematched': 1 });
  expect(await sweep(world)).toMatchObject({ 'jobs-rematched': 2 });
  expect(saidBy(town, 'sweep').filter(({ kind }) => kind === 'rematch')).toHaveLength(3);
});

describe('a change of configuration is not taken for done', () => {
  const bothFirst = (name: string) =>
    city({ fleets: [name, name === 'old' ? 'new' : 'old'].map((one) => ({ ...fields, name: one })) });
  const blind = (world: World): World => ({
    ...world,
    ledger: { ...world.ledger, lane: () => Promise.reject(new Error('ThrottlingException')) },
  });

  test('where a lane could not be read', async () => {
    const town = bothFirst('old');
    await webhook(town.world, town.forge.delivery(aJob(1)));
    const { world } = reconfigured(town, bothFirst('new'));
    expect(await sweep(world)).toMatchObject({ 'jobs-rematched': 1 });
    await webhook(town.world, town.forge.delivery(aJob(2)));
    await town.clock.advance(3_600);
    expect(await sweep(blind(world))).toMatchObject({ 'jobs-rematched': 0 });
    expect(await sweep(world)).toMatchObject({ 'jobs-rematched': 1 });
  });

  test('while somebody may still record by the configuration before', async () => {
    const town = bothFirst('old');
    const { world } = reconfigured(town, bothFirst('new'));
    await sweep(world);
    await town.clock.advance(60);
    await webhook(town.world, town.forge.delivery(aJob(1)));
    expect(await sweep(world)).toMatchObject({ 'jobs-rematched': 1 });
  });

  test('where it was taken back half way', async () => {
    const town = bothFirst('old');
    await webhook(town.world, town.forge.delivery(aJob(1)));
    await sweep(town.world);
    await town.clock.advance(120);
    await sweep(town.world);
    const { world } = reconfigured(town, bothFirst('new'));
    const failing = {
      ...world,
      queue: { ...world.queue, send: () => Promise.reject(new Error('ThrottlingException')) },
    };
    await sweep(failing);
    expect(await sweep(town.world)).toMatchObject({ 'jobs-rematched': 1 });
  });
});

test('each thing that it does is one log line, with its lane and its reason', async () => {
  const town = city({ fleets: [{ ...fields, instanceTypes: ['process'] }] });
  town.forge.addJob(aJob(1, { queuedAt: town.clock.now() }));
  await town.world.ledger.record(aJob(2), null, town.clock.now());
  await sweep(town.world);
  await queueJobs(town, [3]);
  await ring(town);
  for (const { id } of aliveMachines(town)) await town.compute.end([id], 'by-hand');
  await town.clock.advance(120);
  await sweep(town.world);
  await sweep(town.world);
  const said = saidBy(town, 'sweep').filter(({ kind }) => kind !== undefined);
  expect(said).toContainEqual({ lane: acme, job: 'memory/acme/app/1', kind: 'record', reason: 'job-without-event' });
  expect(said).toContainEqual({ lane: acme, runner: expect.any(String), kind: 'close', reason: expect.any(String) });
  expect(said).toContainEqual({ lane: acme, kind: 'ring', reason: 'lane-lacks-runners' });
});
