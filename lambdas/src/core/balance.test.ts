import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ago, aHost, aLaneJob, aLease, anIntent, aRow, aView, now } from '../../tests/doubles/lane-facts.ts';
import {
  type Balance,
  balanceOf,
  countsAt,
  jobsToLaunchFor,
  type LaneFacts,
  launchDeficitOf,
  longestWaitingFirst,
} from './balance.ts';
import { after } from './instant.ts';
import type { LaneJob, LaneView } from './lane-view.ts';
import type { HostRow, Lease, RunnerRow } from './runner.ts';
import { documentedTiming } from './timing.ts';

const policy = { bootLimitSeconds: 900, timing: documentedTiming };
const row = (id: number, fields: Partial<RunnerRow> = {}): RunnerRow => aRow({ instanceId: `i-${id}`, ...fields });
const host = (id: number, sees: Lease['sees'], fields: Partial<HostRow> = {}): HostRow =>
  aHost(aLease(sees), { instanceId: `i-${id}`, ...fields });

function balance(view: Partial<LaneView>, hosts: readonly HostRow[] = [], pool = 0): Balance {
  const facts: LaneFacts = { view: aView(view), hosts: new Map(hosts.map((each) => [each.instanceId, each])) };
  return balanceOf(facts, pool, policy, now);
}

describe('demand against supply', () => {
  test('each queued job lacks a runner; blocked and running ones lack none', () => {
    const jobs = [aLaneJob(1), aLaneJob(2), aLaneJob(3, { state: 'blocked' }), aLaneJob(4, { state: 'running' })];
    expect(balance({ jobs })).toMatchObject({ demand: 2, supply: 0, deficit: 2 });
  });

  test('an idle runner serves a queued job, whoever it was launched for', () => {
    const idle = balance({ jobs: [aLaneJob(1), aLaneJob(2)], runners: [row(1)] }, [host(1, 'idle')]);
    expect(idle).toMatchObject({ demand: 2, supply: 1, deficit: 1 });
  });

  test('a pool asks for idle runners beside the jobs, so that a burst does not empty it', () => {
    expect(balance({ jobs: [aLaneJob(1)] }, [], 3)).toMatchObject({ demand: 4, pool: 3, deficit: 4 });
  });

  test('an open launch counts in full, and its machines not a second time', () => {
    const intents = [anIntent('launch-1', 5)];
    const runners = [row(1), row(2), row(3, { launchId: 'launch-0' })];
    const hosts = [host(1, 'idle'), host(2, 'booting'), host(3, 'idle')];
    expect(balance({ intents, runners }, hosts)).toMatchObject({ supply: 6, deficit: -6 });
  });

  test('a busy runner is no supply: the next job would wait behind its job', () => {
    const running = aLaneJob(1, { state: 'running', runnerName: 'ci-i-1' });
    const busy = balance({ jobs: [running, aLaneJob(2)], runners: [row(1)] }, [host(1, 'idle')]);
    expect(busy).toMatchObject({ supply: 0, deficit: 1 });
    expect(busy.standings[0]).toMatchObject({ state: 'busy', job: running });
  });

  test('a job that no longer runs keeps nobody busy', () => {
    const queued = aLaneJob(1, { state: 'queued', runnerName: 'ci-i-1' });
    expect(balance({ jobs: [queued], runners: [row(1)] }, [host(1, 'idle')])).toMatchObject({ supply: 1, deficit: 0 });
  });

  test('a machine counts from its launch on, before anybody made a row for its host', () => {
    expect(balance({ jobs: [aLaneJob(1)], runners: [row(1)] })).toMatchObject({ supply: 1, deficit: 0 });
  });

  test('a running job that names nobody, or a host without registration, explains no worker', () => {
    const { registration: _none, ...anonymous } = host(1, 'busy');
    const running = aLaneJob(1, { state: 'running' });
    expect(balance({ jobs: [running], runners: [row(1)] }, [anonymous]).standings[0]?.reason).toBe(
      'lease-shows-worker',
    );
  });

  test('a worker whose event is on the way stands for one queued job, and for no more than there are', () => {
    const runners = [row(1), row(2)];
    const hosts = [host(1, 'busy'), host(2, 'busy')];
    expect(balance({ jobs: [aLaneJob(1), aLaneJob(2), aLaneJob(3)], runners }, hosts).demand).toBe(1);
    expect(balance({ jobs: [aLaneJob(1)], runners }, hosts, 2)).toMatchObject({ demand: 2, deficit: 2 });
  });

  test('a job in doubt raises no demand until it may be asked about again, and is not called stuck', () => {
    const doubt = { says: 'unknown', at: ago(documentedTiming.rereadSeconds - 1) } as const;
    expect(balance({ jobs: [aLaneJob(1, { doubt })] })).toMatchObject({ demand: 0, stuck: [] });
    const due = { ...doubt, at: ago(documentedTiming.rereadSeconds) };
    expect(balance({ jobs: [aLaneJob(1, { doubt: due })] })).toMatchObject({ demand: 1 });
  });

  test('the deficit is what demand has over supply, in any lane', () => {
    const sight = fc.constantFrom<Lease['sees']>('booting', 'idle', 'busy', 'leaving', 'done');
    fc.assert(
      fc.property(
        fc.nat(20),
        fc.array(sight, { maxLength: 20 }),
        fc.nat(9),
        fc.nat(9),
        (queued, sights, count, pool) => {
          const runners = sights.map((_, id) => row(id));
          const hosts = sights.map((sees, id) => host(id, sees));
          const jobs = Array.from({ length: queued }, (_, id) => aLaneJob(id));
          const intents = count > 0 ? [anIntent('launch-9', count)] : [];
          const found = balance({ runners, jobs, intents }, hosts, pool);
          const seen = (...kinds: Lease['sees'][]) => sights.filter((sees) => kinds.includes(sees)).length;
          expect(found.supply).toBe(seen('booting', 'idle') + count);
          expect(found.demand).toBe(Math.max(0, queued - seen('busy')) + pool);
          expect(found.deficit).toBe(found.demand - found.supply);
        },
      ),
    );
  });
});

describe('what a launch would make good', () => {
  test.each([
    // Missing, in the pool, hosts that would go by themselves.
    [5, 2, 3, 3],
    [5, 3, 1, 4],
    [5, 0, 3, 5],
    [0, 2, 3, 0],
    [-1, 2, 3, -1],
  ])('of %i missing, %i of them a pool’s, with %i to be told to stay: %i', (missing, pool, leaving, made) => {
    const volunteers = Array.from({ length: leaving }, (_, id) => row(id));
    const { standings } = balance({ runners: [...volunteers, row(9)] }, [
      ...volunteers.map((_, id) => host(id, 'leaving')),
      host(9, 'idle'),
    ]);
    expect(launchDeficitOf({ ...balance({}), standings, deficit: missing, pool })).toBe(made);
  });
});

describe('a job that launches do not start', () => {
  const tried = (launches: number, secondsAgo: number): LaneJob =>
    aLaneJob(1, { launches, launchedForAt: ago(secondsAgo) });

  test.each([
    [2, 0, true],
    [3, 59.999, false],
    [3, 60, true],
    [4, 119, false],
    [4, 120, true],
    [6, 479, false],
    [6, 480, true],
    [9, 3_599, false],
    [9, 3_600, true],
    [5_000, 3_600, true],
  ])('after %i launches, the last %i s ago, counts: %s', (launches, seconds, counts) => {
    expect(countsAt(tried(launches, seconds), 0, documentedTiming, now)).toBe(counts);
  });

  test('counts where nobody knows when it was last launched for', () => {
    expect(countsAt(aLaneJob(1, { launches: 9 }), 0, documentedTiming, now)).toBe(true);
  });

  test('counts at once where another job took the runner that was launched for it', () => {
    const stolen = { ...tried(9, 10), workedThen: 4 };
    expect(countsAt(stolen, 4, documentedTiming, now)).toBe(false);
    expect(countsAt(stolen, 5, documentedTiming, now)).toBe(true);
    expect(countsAt({ ...stolen, launchesTaken: 7 }, 4, documentedTiming, now)).toBe(true);
    expect(countsAt({ ...stolen, launchesTaken: 6 }, 4, documentedTiming, now)).toBe(false);
    const jobs = [stolen, aLaneJob(2, { state: 'running', runnerName: 'ci-i-2' })];
    const runners = [1, 2, 3, 4].map((id) => row(id));
    const idle = [host(1, 'idle'), host(2, 'idle'), host(3, 'done'), host(4, 'booting')];
    expect(balance({ jobs, runners, workedRunners: 3 }, idle)).toMatchObject({ worked: 4, waiting: [] });
    const used = [
      host(1, 'busy'),
      host(2, 'busy'),
      { ...host(3, 'done'), lease: aLease('done', { reason: 'job-done' }) },
    ];
    expect(balance({ jobs, runners, workedRunners: 3 }, used)).toMatchObject({ worked: 6, waiting: [stolen] });
  });

  test('is stuck until its next probe, and raises no demand until then', () => {
    const found = balance({ jobs: [tried(3, 10), aLaneJob(2)] });
    expect(found.stuck.map(({ ref }) => ref.id)).toEqual(['1']);
    expect(found).toMatchObject({ demand: 1, deficit: 1 });
    expect(balance({ jobs: [tried(3, 60)] })).toMatchObject({ stuck: [], demand: 1 });
  });
});

describe('the jobs that a launch is made for', () => {
  test('are those with the fewest launches behind them, so that no job keeps the others from being counted', () => {
    const jobs = [aLaneJob(1, { launches: 2 }), aLaneJob(2, { launches: 1 }), aLaneJob(3), aLaneJob(4)];
    expect(jobsToLaunchFor(jobs, 3).map(({ ref }) => ref.id)).toEqual(['3', '4', '2']);
    expect(jobsToLaunchFor(jobs, 0)).toEqual([]);
    expect(jobsToLaunchFor(jobs, 9)).toHaveLength(4);
  });

  test('leave the order of the lane as it was', () => {
    const jobs = [aLaneJob(1, { launches: 2 }), aLaneJob(2)];
    jobsToLaunchFor(jobs, 1);
    expect(jobs.map(({ ref }) => ref.id)).toEqual(['1', '2']);
  });

  test('longest waiting first is an order: jobs of one instant keep theirs whoever sorts', () => {
    const [a, b] = [aLaneJob(1), aLaneJob(2)];
    expect(longestWaitingFirst(a, b)).toBeLessThan(0);
    expect(longestWaitingFirst(b, a)).toBeGreaterThan(0);
    expect(longestWaitingFirst(aLaneJob(9, { queuedAt: after(a.queuedAt, -1) }), a)).toBeLessThan(0);
  });
});
