import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ago, aHost, ahead, aLaneJob, aLease, anIntent, aRow, aView, now } from '../../tests/doubles/lane-facts.ts';
import { fleet } from '../../tests/fleet.ts';
import { balanceOf, type LaneFacts } from './balance.ts';
import type { FleetConfig } from './config.ts';
import type { LaneJob, LaneView, Starving, Usage } from './lane-view.ts';
import { backOffSeconds, planScaleUp, type ScaleUpFacts, type ScaleUpPlan } from './scale-up-plan.ts';
import { documentedTiming, type Timing } from './timing.ts';

const timing = documentedTiming;
const jobs = (count: number, fields: Partial<LaneJob> = {}): readonly LaneJob[] =>
  Array.from({ length: count }, (_, id) => aLaneJob(id, fields));

interface Case {
  readonly jobs?: readonly LaneJob[];
  readonly pool?: number;
  readonly hosts?: LaneFacts['hosts'];
  readonly fleet?: Partial<FleetConfig>;
  /** The deployment's. */
  readonly limit?: number;
  readonly usage?: Partial<Usage>;
  readonly view?: Partial<LaneView>;
  readonly breaker?: ScaleUpFacts['breaker'];
  readonly apps?: readonly string[];
  readonly timing?: Timing;
}

function plan(given: Case): ScaleUpPlan {
  const view = aView({ jobs: given.jobs ?? [], ...given.view });
  const balance = balanceOf(
    { view, hosts: given.hosts ?? new Map() },
    given.pool ?? 0,
    { bootLimitSeconds: 900, timing: given.timing ?? timing },
    now,
  );
  const free: Usage = {
    fleetUsed: 0,
    deploymentUsed: 0,
    starving: [],
    launchTat: 0,
    resting: [],
    budgetTat: new Map(),
  };
  const mine = fleet({ runnersMaximumCount: -1, launchesPerHourLimit: 100_000, ...given.fleet });
  const config = {
    prefix: 'ci',
    forge: { kind: 'github', url: 'https://github.com', apps: [], webhookSecret: { file: 's' } },
    compute: { kind: 'process', command: [] },
    timeScale: 1,
    repositoryAllowList: [],
    runnersMaximumCount: given.limit ?? -1,
    fleets: [mine],
  } as const;
  return planScaleUp(
    {
      view,
      balance,
      usage: { ...free, ...given.usage },
      breaker: given.breaker ?? { kind: 'closed' },
      config,
      fleet: mine,
      apps: given.apps ?? ['app-1'],
      timing: given.timing ?? timing,
    },
    now,
  );
}

const starving = (lane: string, deficit: number, fields: Partial<Starving> = {}): Starving => ({
  lane,
  deficit,
  since: ago(600),
  by: 'fleet-limit',
  seenAt: ago(10),
  ...fields,
});
/** The App's bucket when so many grants were just taken of an idle one. */
const budgetAfter = (grants: number): Usage['budgetTat'] => new Map([['app-1', ahead(grants * timing.grantSeconds)]]);

describe('what is missing is launched', () => {
  test('nothing where nothing is missing, whatever else holds the lane back', () => {
    const open = { kind: 'open', until: ahead(60), reason: 'x' } as const;
    expect(plan({ breaker: open })).toEqual({ kind: 'none', reason: 'supply-suffices' });
    expect(plan({ fleet: { runnersMaximumCount: 0 } }).kind).toBe('none');
  });

  test('a job that a worker may have taken is looked at again soon: its worker may be one whose job just ended', () => {
    const row = aRow();
    const hosts = new Map([[row.instanceId, aHost(aLease('busy', { since: ago(1) }), { instanceId: row.instanceId })]]);
    const beside = { hosts, view: { runners: [row] } };
    expect(plan({ jobs: jobs(1), ...beside })).toEqual({
      kind: 'wait',
      reason: 'worker-without-event',
      deficit: 0,
      seconds: timing.continuationFirstSeconds,
    });
    const others = { hosts, view: { runners: [row, aRow({ instanceId: 'i-2', launchedAt: ago(30) })] } };
    expect(plan({ jobs: jobs(2), ...others })).toMatchObject({ kind: 'wait', reason: 'worker-without-event' });
    expect(plan({ jobs: jobs(2), ...beside })).toMatchObject({ kind: 'launch', count: 1 });
    expect(plan(beside).kind).toBe('none');
  });

  test('all of it, for the jobs that wait', () => {
    expect(plan({ jobs: jobs(3) })).toEqual({
      kind: 'launch',
      reason: 'jobs-wait',
      count: 3,
      app: 'app-1',
      placements: [{ type: 'process', zone: 'local' }],
      jobs: jobs(3),
      worked: 0,
      left: 0,
      leftReason: undefined,
    });
  });

  test('no pool for which hosts are there that would go by themselves: they are told to stay', () => {
    const ids = ['i-1', 'i-2'];
    const leaving = aLease('leaving', { reason: 'no-job' });
    const hosts = new Map(ids.map((instanceId) => [instanceId, aHost(leaving, { instanceId })]));
    const view = { runners: ids.map((instanceId) => aRow({ instanceId })) };
    expect(plan({ pool: 2, hosts, view }).kind).toBe('none');
    expect(plan({ pool: 3, hosts, view })).toMatchObject({ kind: 'launch', count: 1 });
    expect(plan({ pool: 1, jobs: jobs(1), hosts, view })).toMatchObject({ kind: 'launch', count: 1, left: 0 });
    const asked = { runners: ids.map((instanceId) => aRow({ instanceId, phase: 'leaving' })) };
    expect(plan({ pool: 2, hosts, view: asked })).toMatchObject({ kind: 'launch', count: 2 });
  });

  test('a pool that is due, for no job', () => {
    expect(plan({ pool: 2 })).toMatchObject({ kind: 'launch', reason: 'pool-is-due', count: 2, jobs: [] });
    expect(plan({ pool: 2, jobs: jobs(1) })).toMatchObject({ reason: 'jobs-wait', count: 3, jobs: jobs(1) });
  });
});

describe('the limit is the limit', () => {
  test.each([
    [{ runnersMaximumCount: 5 }, -1, { fleetUsed: 3 }, 2, 'fleet-limit'],
    [{ runnersMaximumCount: 5 }, 7, { fleetUsed: 3, deploymentUsed: 6 }, 1, 'deployment-limit'],
    [{}, 9, { deploymentUsed: 2 }, 7, 'deployment-limit'],
    [{ runnersMaximumCount: 4 }, 4, {}, 4, 'fleet-limit'],
  ])('%j with %i for all and %j used: launches %#', (fields, limit, used, count, leftReason) => {
    expect(plan({ jobs: jobs(10), fleet: fields, limit, usage: used })).toMatchObject({
      kind: 'launch',
      count,
      left: 10 - count,
      leftReason,
    });
  });

  test.each([
    [{ runnersMaximumCount: 5 }, -1, { fleetUsed: 5 }, 'fleet-limit'],
    // Adopted machines may have passed it.
    [{ runnersMaximumCount: 5 }, -1, { fleetUsed: 8 }, 'fleet-limit'],
    [{ runnersMaximumCount: 0 }, -1, {}, 'fleet-limit'],
    [{}, 4, { deploymentUsed: 4 }, 'deployment-limit'],
    [{}, 0, {}, 'deployment-limit'],
  ])('%j with %i for all and %j used: waits', (fields, limit, used, reason) => {
    expect(plan({ jobs: jobs(2), fleet: fields, limit, usage: used })).toMatchObject({
      kind: 'wait',
      reason,
      deficit: 2,
      seconds: timing.continuationFirstSeconds,
    });
  });

  test('at any use and any limits, no launch passes one', () => {
    const limit = fc.integer({ min: -1, max: 30 });
    fc.assert(
      fc.property(fc.nat(40), limit, limit, fc.nat(35), fc.nat(35), (count, ofFleet, ofAll, fleetUsed, more) => {
        const deploymentUsed = fleetUsed + more;
        const usage = { fleetUsed, deploymentUsed };
        const found = plan({ jobs: jobs(count), fleet: { runnersMaximumCount: ofFleet }, limit: ofAll, usage });
        if (found.kind !== 'launch') return;
        expect(found.count).toBeGreaterThan(0);
        expect(found.count + found.left).toBe(count);
        if (ofFleet >= 0) expect(fleetUsed + found.count).toBeLessThanOrEqual(ofFleet);
        if (ofAll >= 0) expect(deploymentUsed + found.count).toBeLessThanOrEqual(ofAll);
      }),
    );
  });
});

describe('older lanes are served first', () => {
  const limited = { runnersMaximumCount: 5 };
  const old = 'linux-x64/org:old';

  test('what they starve for is left to them', () => {
    expect(plan({ jobs: jobs(9), fleet: limited, usage: { starving: [starving(old, 3)] } })).toMatchObject({
      kind: 'launch',
      count: 2,
      leftReason: 'older-lane-in-fleet',
    });
    expect(plan({ jobs: jobs(9), fleet: limited, usage: { starving: [starving(old, 5)] } })).toMatchObject({
      kind: 'wait',
      reason: 'older-lane-in-fleet',
    });
  });

  test('of the deployment’s slots, those that starve for one of these', () => {
    const elsewhere = starving('gpu/org:acme', 3, { by: 'deployment-limit' });
    expect(plan({ jobs: jobs(9), limit: 4, usage: { starving: [elsewhere] } })).toMatchObject({
      count: 1,
      leftReason: 'older-lane-in-deployment',
    });
    const fleetmate = starving(old, 3, { by: 'deployment-limit' });
    expect(plan({ jobs: jobs(9), fleet: limited, limit: 4, usage: { starving: [fleetmate] } })).toMatchObject({
      count: 1,
    });
  });

  test.each<[string, Starving]>([
    ['is younger', starving(old, 5, { since: ago(29) })],
    ['is younger, though its name comes first', starving('linux-x64/org:aaa', 5, { since: ago(29) })],
    ['is this lane itself', starving('linux-x64/org:acme', 5)],
    ['is held back by capacity, breaker or budget', starving(old, 5, { by: 'other' })],
    ['was not seen for long: it may be gone', starving(old, 5, { seenAt: ago(600) })],
    ['has its own fleet’s limit against it', starving('gpu/org:old', 5)],
    ['has a fleet whose name only begins alike', starving('linux-x64-large/org:old', 5)],
  ])('a lane that %s keeps no slot from this one', (_, other) => {
    expect(plan({ jobs: jobs(5), fleet: limited, limit: 5, usage: { starving: [other] } })).toMatchObject({
      kind: 'launch',
      count: 5,
    });
  });

  test('of two that began to starve at once, exactly one is older', () => {
    const since = ago(30);
    const first = starving('linux-x64/org:aaa', 5, { since });
    const last = starving('linux-x64/org:zzz', 5, { since });
    expect(plan({ jobs: jobs(5), fleet: limited, usage: { starving: [first] } }).kind).toBe('wait');
    expect(plan({ jobs: jobs(5), fleet: limited, usage: { starving: [last] } }).kind).toBe('launch');
  });

  test('a pool waits for anybody’s jobs', () => {
    const other = starving(old, 5, { since: ago(1) });
    expect(plan({ pool: 5, fleet: limited, usage: { starving: [other] } }).kind).toBe('wait');
  });

  test('without limits, nobody keeps anything from anybody', () => {
    const others = [starving(old, 500), starving('gpu/org:acme', 500, { by: 'deployment-limit' })];
    expect(plan({ jobs: jobs(5), usage: { starving: others } })).toMatchObject({ kind: 'launch', count: 5 });
  });
});

describe('what else holds a launch back', () => {
  test('an open breaker, until its probe', () => {
    const open = { kind: 'open', until: ahead(42), reason: 'boot-limit' } as const;
    expect(plan({ jobs: jobs(5), breaker: open })).toMatchObject({ kind: 'wait', reason: 'breaker-open', seconds: 42 });
    const long = { ...open, until: ahead(3_000) };
    expect(plan({ jobs: jobs(5), breaker: long })).toMatchObject({ seconds: timing.continuationLastSeconds });
  });

  test('a breaker’s probe is one machine, whatever waits', () => {
    expect(plan({ jobs: jobs(50), pool: 9, breaker: { kind: 'probe' } })).toMatchObject({
      kind: 'launch',
      reason: 'breaker-probe',
      count: 1,
      left: 58,
      leftReason: 'breaker-open',
    });
  });

  test('places without capacity are left out while they rest; where all rest, the lane waits for the first', () => {
    const fields = { instanceTypes: ['m7i', 'm7a'], zones: ['a', 'b'] };
    const rest = (type: string, zone: string, seconds: number) => ({ type, zone, until: ahead(seconds) });
    const some = [rest('m7i', 'a', 60), rest('m7a', 'b', 60), rest('m7a', 'a', 0)];
    expect(plan({ jobs: jobs(1), fleet: fields, usage: { resting: some } })).toMatchObject({
      placements: [
        { type: 'm7i', zone: 'b' },
        { type: 'm7a', zone: 'a' },
      ],
    });
    const elsewhere = [rest('m6i', 'a', 0), rest('m6i', 'b', -60)];
    const all = [...elsewhere, rest('m7i', 'a', 90), rest('m7i', 'b', 40), rest('m7a', 'a', 70), rest('m7a', 'b', 80)];
    expect(plan({ jobs: jobs(1), fleet: fields, usage: { resting: all } })).toMatchObject({
      kind: 'wait',
      reason: 'no-capacity',
      seconds: 40,
    });
  });

  test('the hourly cap', () => {
    const capped = { launchesPerHourLimit: 60 };
    const full = ahead(3_600);
    expect(plan({ jobs: jobs(9), fleet: capped, usage: { launchTat: full } })).toMatchObject({
      kind: 'wait',
      reason: 'hourly-cap',
      seconds: 60,
    });
    expect(plan({ jobs: jobs(9), fleet: capped, usage: { launchTat: ahead(3_480) } })).toMatchObject({
      kind: 'launch',
      count: 2,
      left: 7,
      leftReason: 'hourly-cap',
    });
  });
});

describe('a launch never outruns the forge', () => {
  test('one launch takes no more than can be minted while machines boot', () => {
    expect(plan({ jobs: jobs(1_000) })).toMatchObject({ count: 180, left: 820, leftReason: 'forge-budget' });
  });

  test.each([
    [129, 1_000, 'launch', 51],
    [132, 1_000, 'wait', 48],
    [132, 48, 'launch', 48],
    [159, 22, 'wait', 21],
    [159, 21, 'launch', 21],
  ])('with %i of 180 taken and %i missing: %s, not in driblets', (taken, missing, kind, room) => {
    const found = plan({ jobs: jobs(missing), usage: { budgetTat: budgetAfter(taken) } });
    expect(found).toMatchObject(kind === 'launch' ? { kind, count: room } : { kind, reason: 'forge-budget' });
  });

  test('where the limit leaves fewer than a worthwhile launch, these are worthwhile', () => {
    const usage = { budgetTat: budgetAfter(175), fleetUsed: 95 };
    expect(plan({ jobs: jobs(1_000), fleet: { runnersMaximumCount: 100 }, usage })).toMatchObject({
      kind: 'launch',
      count: 5,
    });
  });

  test.each([
    [60, 1, 60],
    [7, 1, 7],
    [0, 2, 1],
  ])('a burst of %i s at %i s a grant: what it holds at most is worthwhile, and at least one', (burst, each, most) => {
    const small = { ...timing, grantBurstSeconds: burst, grantSeconds: each };
    expect(plan({ jobs: jobs(1_000), timing: small })).toMatchObject({ kind: 'launch', count: most });
    const usage = { budgetTat: new Map([['app-1', ahead(Math.max(burst, each))]]) };
    const waits = plan({ jobs: jobs(1_000), timing: small, usage });
    expect(waits).toMatchObject({ kind: 'wait', reason: 'forge-budget', seconds: Math.min(50, most) * each });
  });

  test('it waits until a worthwhile launch fits', () => {
    expect(plan({ jobs: jobs(1_000), usage: { budgetTat: budgetAfter(180) } })).toMatchObject({
      kind: 'wait',
      seconds: expect.closeTo(50 / 3),
    });
    expect(plan({ jobs: jobs(6), usage: { budgetTat: budgetAfter(180) } })).toMatchObject({ kind: 'wait', seconds: 2 });
    expect(plan({ jobs: jobs(1), usage: { budgetTat: budgetAfter(180) } })).toMatchObject({ kind: 'wait', seconds: 1 });
  });

  test('of several Apps, the one with the most room mints', () => {
    const usage = { budgetTat: new Map([...budgetAfter(120), ['app-3', ahead(5)]]) };
    expect(plan({ jobs: jobs(9), apps: ['app-1', 'app-2', 'app-3'], usage })).toMatchObject({ app: 'app-2' });
    expect(plan({ jobs: jobs(9), apps: ['app-1', 'app-3'], usage })).toMatchObject({ app: 'app-3' });
    expect(plan({ jobs: jobs(9), apps: ['app-4', 'app-2'], usage })).toMatchObject({ app: 'app-4' });
  });
});

describe('jobs whose word is old are read before they count', () => {
  test('only those that a launch would be made for: a read costs a call', () => {
    const tried = aLaneJob(8, { launches: 2, queuedAt: ago(90) });
    const two = { runnersMaximumCount: 2 };
    expect(plan({ jobs: [tried, ...jobs(2)], fleet: two })).toMatchObject({ kind: 'launch', count: 2 });
    expect(plan({ jobs: [tried, ...jobs(2)] })).toEqual({ kind: 'read', reason: 'word-is-old', jobs: [tried] });
  });

  test('and those that the machines on their way would else be thought to be for', () => {
    const tried = aLaneJob(8, { launches: 2, queuedAt: ago(90) });
    const view = { intents: [anIntent('launch-1', 2)] };
    expect(plan({ jobs: [tried, ...jobs(2)], view })).toEqual({ kind: 'read', reason: 'word-is-old', jobs: [tried] });
    const sure = { ...tried, readAt: ago(299) };
    expect(plan({ jobs: [sure, ...jobs(2)], view })).toMatchObject({ kind: 'launch', count: 1 });
  });

  test('none where no launch may be made', () => {
    expect(plan({ jobs: jobs(2, { launches: 2 }), fleet: { runnersMaximumCount: 0 } }).kind).toBe('wait');
  });
});

test('a lane that waits again and again asks less and less often, and never stops', () => {
  expect([0, 1, 2, 3, 4, 5, 50].map((times) => backOffSeconds(times, timing))).toEqual([
    15, 30, 60, 120, 240, 300, 300,
  ]);
  const full = { runnersMaximumCount: 0 };
  expect(plan({ jobs: jobs(1), fleet: full, view: { continuations: 2 } })).toMatchObject({ seconds: 60 });
});
