import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  ago,
  aHost,
  aLaneJob,
  aLease,
  anInstance,
  anIntent,
  aRegistration,
  aRow,
  aView,
  now,
  silentLooks,
} from '../../tests/doubles/lane-facts.ts';
import { fleet } from '../../tests/fleet.ts';
import type { LaneFacts } from './balance.ts';
import type { FleetConfig, IdleWindow } from './config.ts';
import type { Instance } from './instance.ts';
import type { Lane } from './lane.ts';
import type { LaneJob, LaneView } from './lane-view.ts';
import type { HostRow, Lease, RunnerRow } from './runner.ts';
import { type DeploymentFacts, type LanePlan, planScaleDown, poolOf } from './scale-down-plan.ts';
import { documentedTiming as timing } from './timing.ts';

interface Runner {
  readonly sees: Lease['sees'];
  readonly row?: Partial<RunnerRow>;
  readonly host?: Partial<HostRow>;
  readonly lease?: Partial<Lease>;
  readonly machine?: Partial<Instance>;
  /** Its table lost it. */
  readonly isRowless?: boolean;
}

const acme: Lane = { fleet: 'linux-x64', scope: 'org:acme' };
const idOf = (lane: Lane, index: number): string => `i-${lane.scope.split(':')[1]}${index}`;

function laneOf(lane: Lane, runners: readonly Runner[], view: Partial<LaneView> = {}): LaneFacts {
  const rows = runners.map(({ row }, index) =>
    aRow({ instanceId: idOf(lane, index), launchedAt: ago(600 + index), ...row }),
  );
  const hosts = runners.flatMap(({ sees, host, lease, isRowless }, index): [string, HostRow][] => {
    const instanceId = idOf(lane, index);
    return isRowless ? [] : [[instanceId, aHost(aLease(sees, lease), { instanceId, ...host })]];
  });
  return { view: aView({ lane, runners: rows, ...view }), hosts: new Map(hosts) };
}

const unlimited = { deploymentLimit: -1, timing } as const;

interface Case {
  readonly fleet?: Partial<FleetConfig>;
  readonly isRemoved?: boolean;
  readonly deploymentLimit?: number;
  readonly lanes: readonly LaneFacts[];
  readonly machines?: Readonly<Record<string, Partial<Instance>>>;
  /** Names at the forge beside those of the hosts. */
  readonly names?: readonly string[];
  /** Machines whose runners the forge does not know. */
  readonly unlisted?: readonly string[];
  readonly otherJobs?: readonly LaneJob[];
}

function plan(given: Case): readonly LanePlan[] {
  const rows = given.lanes.flatMap(({ view }) => view.runners);
  const instances = rows.map(({ instanceId: id }) => anInstance({ id, ...given.machines?.[id] }));
  const facts: DeploymentFacts = {
    lanes: given.lanes,
    instances: new Map(instances.map((instance) => [instance.id, instance])),
    registrations: new Map(given.lanes.map(({ view, hosts }) => [view.lane.scope, registered(hosts, given)])),
    otherJobs: given.otherJobs ?? [],
  };
  const mine = fleet({ minimumRunningTimeMinutes: 5, runnerBootTimeMinutes: 15, ...given.fleet });
  return planScaleDown(
    facts,
    {
      fleetOf: (name) => ({ fleet: { ...mine, name }, isRemoved: given.isRemoved ?? false }),
      deploymentLimit: given.deploymentLimit ?? -1,
      timing,
    },
    now,
  );
}

function registered(hosts: LaneFacts['hosts'], { names: more = [], unlisted = [] }: Case) {
  const listed = [...hosts.values()].filter(({ instanceId }) => !unlisted.includes(instanceId));
  const names = listed.flatMap(({ registration }) => registration?.name ?? []);
  return new Map([...names, ...more].map((name) => [name, aRegistration({ name })]));
}

const kinds = (plans: readonly LanePlan[]): readonly string[] =>
  plans.flatMap(({ runners }) => runners.map(({ kind }) => kind));
const counted = (plans: readonly LanePlan[], kind: string): number =>
  kinds(plans).filter((each) => each === kind).length;
const asked = (plans: readonly LanePlan[]): readonly string[] =>
  plans.flatMap(({ runners }) =>
    runners.filter(({ kind }) => kind === 'ask-to-leave').map(({ standing }) => standing.row.instanceId),
  );

const many = (count: number, runner: Runner): readonly Runner[] => Array.from({ length: count }, () => runner);
const idle: Runner = { sees: 'idle' };
const busy: Runner = { sees: 'busy', lease: { since: ago(3_600) } };
const wantsToGo: Runner = { sees: 'leaving', lease: { reason: 'no-job-came' } };
const always = (idleCount: number, evictionStrategy: IdleWindow['evictionStrategy'] = 'oldest_first') => ({
  idleConfig: [{ cron: '* * * * * *', timeZone: 'UTC', idleCount, evictionStrategy }],
});

describe('only a surplus may go', () => {
  test('one idle runner goes for each that demand does not need', () => {
    const jobs = [aLaneJob(1), aLaneJob(2)];
    expect(counted(plan({ lanes: [laneOf(acme, many(5, idle), { jobs })] }), 'ask-to-leave')).toBe(3);
    expect(counted(plan({ lanes: [laneOf(acme, many(2, idle), { jobs })] }), 'ask-to-leave')).toBe(0);
  });

  test('what boots counts, so that a launch under way lets an idle one go, but never a booting one', () => {
    const lanes = [laneOf(acme, [idle, { sees: 'booting' }], { jobs: [aLaneJob(1)] })];
    expect(kinds(plan({ lanes }))).toEqual(['ask-to-leave', 'keep']);
    const open = [laneOf(acme, [idle], { jobs: [aLaneJob(1)], intents: [anIntent('launch-2', 1)] })];
    expect(kinds(plan({ lanes: open }))).toEqual(['ask-to-leave']);
    expect(kinds(plan({ lanes: [laneOf(acme, [{ sees: 'booting' }])] }))).toEqual(['keep']);
  });

  test('none within its minimum running time, which would be paid for twice', () => {
    const young: Runner = { ...idle, row: { launchedAt: ago(299) } };
    const old: Runner = { ...idle, row: { launchedAt: ago(300) } };
    expect(kinds(plan({ lanes: [laneOf(acme, [young, old])] }))).toEqual(['keep', 'ask-to-leave']);
  });

  test('none that a person wants kept, however idle it is', () => {
    const found = plan({ lanes: [laneOf(acme, [idle, idle])], machines: { 'i-acme0': { bypassRemoval: true } } });
    expect(kinds(found)).toEqual(['keep', 'ask-to-leave']);
  });

  test('none instead of one that goes because no job could reach it', () => {
    const unlisted: Runner = { ...idle, row: { looks: { unlistedAt: ago(60) } } };
    const lanes = [laneOf(acme, [unlisted, idle], { jobs: [aLaneJob(1)] })];
    expect(kinds(plan({ lanes, unlisted: ['i-acme0'] }))).toEqual(['ask-to-leave', 'keep']);
  });

  test('none that the pool wants', () => {
    const pooled = {
      poolScope: 'org:acme' as const,
      poolConfig: [{ scheduleExpression: 'rate(1 minute)', timeZone: 'UTC', size: 2 }],
    };
    const beta: Lane = { fleet: 'linux-x64', scope: 'org:beta' };
    const lanes = [laneOf(acme, many(3, idle)), laneOf(beta, many(3, idle))];
    expect(asked(plan({ fleet: pooled, lanes })).map((id) => id.slice(0, 4))).toEqual(['i-ac', 'i-be', 'i-be', 'i-be']);
    expect(poolOf(fleet(pooled), beta, now)).toBe(0);
  });
});

describe('the idle window', () => {
  test('keeps its number of idle runners; busy ones do not eat it', () => {
    const runners = [...many(4, idle), ...many(6, busy)];
    expect(counted(plan({ fleet: always(3), lanes: [laneOf(acme, runners)] }), 'ask-to-leave')).toBe(1);
    expect(counted(plan({ fleet: always(9), lanes: [laneOf(acme, runners)] }), 'ask-to-leave')).toBe(0);
  });

  test('is each lane’s own: one lane’s idle runners keep none in another', () => {
    const beta: Lane = { fleet: 'linux-x64', scope: 'org:beta' };
    const lanes = [laneOf(acme, many(3, idle)), laneOf(beta, many(1, idle))];
    expect(asked(plan({ fleet: always(1), lanes }))).toHaveLength(2);
    expect(asked(plan({ fleet: always(1), lanes })).every((id) => id.startsWith('i-acme'))).toBe(true);
  });

  test('outside its hours keeps none', () => {
    const night = { idleConfig: [{ ...always(3).idleConfig[0], cron: '* * 0-5 * * *' } as IdleWindow] };
    expect(counted(plan({ fleet: night, lanes: [laneOf(acme, many(3, idle))] }), 'ask-to-leave')).toBe(3);
  });

  test.each([
    ['oldest_first', ['i-acme2', 'i-acme1']],
    ['newest_first', ['i-acme0', 'i-acme1']],
  ] as const)('lets the %s go', (order, expected) => {
    const found = asked(plan({ fleet: always(1, order), lanes: [laneOf(acme, many(3, idle))] }));
    expect([...found].sort()).toEqual([...expected].sort());
  });

  test('in any lane, idle runners stay for demand, and for the window', () => {
    const runner = fc.constantFrom(idle, busy, wantsToGo, { sees: 'done' } as Runner, { sees: 'booting' } as Runner);
    fc.assert(
      fc.property(fc.array(runner, { maxLength: 12 }), fc.nat(8), fc.nat(8), (runners, count, queued) => {
        const jobs = Array.from({ length: queued }, (_, id) => aLaneJob(id));
        const [found] = plan({ fleet: always(count), lanes: [laneOf(acme, runners, { jobs })] }) as [LanePlan];
        const idles = runners.filter(({ sees }) => sees === 'idle').length;
        const left = idles - counted([found], 'ask-to-leave');
        expect(left).toBeGreaterThanOrEqual(Math.min(idles, count));
        const boots = runners.filter(({ sees }) => sees === 'booting').length;
        expect(left + boots).toBeGreaterThanOrEqual(Math.min(idles + boots, queued));
        const stays = counted([found], 'refuse-to-let-go');
        const willing = runners.filter(({ sees }) => sees === 'leaving').length;
        expect(stays).toBe(Math.max(0, Math.min(willing, Math.max(queued - idles - boots, count - idles))));
        expect(counted([found], 'retire')).toBe(willing - stays);
        for (const { kind, standing } of found.runners) if (standing.state === 'busy') expect(kind).toBe('keep');
      }),
    );
  });
});

describe('a runner that waits for a job gives its slot to a job that waits for one', () => {
  const beta: Lane = { fleet: 'linux-x64', scope: 'org:beta' };
  const other: Lane = { fleet: 'linux-arm64', scope: 'org:acme' };
  const jobs = [aLaneJob(1)];

  test('in its fleet, though the idle window wants it', () => {
    const lanes = [laneOf(acme, many(3, idle)), laneOf(beta, [busy], { jobs })];
    const full = plan({ fleet: { ...always(3), runnersMaximumCount: 4 }, lanes });
    expect(full[0]?.runners.map(({ kind, reason }) => `${kind} ${reason}`).sort()).toEqual([
      'ask-to-leave others-wait',
      'keep waits-for-job',
      'keep waits-for-job',
    ]);
    const roomy = plan({ fleet: { ...always(3), runnersMaximumCount: 5 }, lanes });
    expect(kinds(roomy)).toEqual(['keep', 'keep', 'keep', 'keep']);
  });

  test('in the deployment, though the pool wants it', () => {
    const pooled = {
      poolScope: 'org:acme' as const,
      poolConfig: [{ scheduleExpression: 'rate(1 minute)', timeZone: 'UTC', size: 2 }],
    };
    const lanes = [laneOf(acme, many(2, idle)), laneOf(other, [], { jobs })];
    expect(kinds(plan({ fleet: pooled, lanes, deploymentLimit: 2 }))).toEqual(['keep', 'ask-to-leave']);
    expect(kinds(plan({ fleet: pooled, lanes, deploymentLimit: 3 }))).toEqual(['keep', 'keep']);
  });

  test('but not to one of its own lane, for which it is told to stay', () => {
    const lanes = [laneOf(acme, [wantsToGo, wantsToGo], { jobs })];
    expect(kinds(plan({ fleet: { runnersMaximumCount: 2 }, lanes }))).toEqual(['refuse-to-let-go', 'retire']);
  });

  test('also when it wants to go by itself', () => {
    const lanes = [laneOf(acme, [wantsToGo]), laneOf(beta, [], { jobs })];
    const [first] = plan({ fleet: { ...always(1), runnersMaximumCount: 1 }, lanes });
    expect(first?.runners).toMatchObject([{ kind: 'retire' }]);
  });

  test('no more of them than there are jobs that lack a slot, less what leaves already', () => {
    const leaving: Runner = { sees: 'leaving', row: { phase: 'leaving', reason: 'surplus' } };
    const lanes = [laneOf(acme, [leaving, idle, idle]), laneOf(beta, [], { jobs: [aLaneJob(1), aLaneJob(2)] })];
    const found = plan({ fleet: { ...always(3), runnersMaximumCount: 3 }, lanes });
    expect(counted(found, 'ask-to-leave')).toBe(1);
  });
});

describe('a host that wants to go', () => {
  test('goes where nobody needs it, and stays where jobs wait or the window lacks one', () => {
    expect(plan({ lanes: [laneOf(acme, [wantsToGo])] })[0]?.runners[0]).toMatchObject({
      kind: 'retire',
      reason: 'no-job-came',
    });
    const waits = laneOf(acme, [wantsToGo, wantsToGo], { jobs: [aLaneJob(1)] });
    expect(plan({ lanes: [waits] })[0]?.runners).toMatchObject([
      { kind: 'refuse-to-let-go', reason: 'jobs-wait' },
      { kind: 'retire' },
    ]);
    const lacks = plan({ fleet: always(2), lanes: [laneOf(acme, [idle, wantsToGo, wantsToGo])] });
    expect(lacks[0]?.runners).toMatchObject([
      { kind: 'keep' },
      { kind: 'refuse-to-let-go', reason: 'idle-window' },
      { kind: 'retire' },
    ]);
  });

  test('goes where enough were told to stay, also while their answers are taken back', () => {
    const stays: Runner = { sees: 'idle', host: { ask: 'stay' } };
    const enough = plan({ fleet: always(2), lanes: [laneOf(acme, [stays, stays, wantsToGo])] });
    expect(kinds(enough)).toEqual(['forget-answer', 'forget-answer', 'retire']);
    const tooMany = plan({ fleet: always(2), lanes: [laneOf(acme, [stays, stays, stays])] });
    expect(kinds(tooMany)).toEqual(['forget-answer', 'forget-answer', 'ask-to-leave']);
  });

  test('stays where a person wants it kept', () => {
    const found = plan({ lanes: [laneOf(acme, [wantsToGo])], machines: { 'i-acme0': { bypassRemoval: true } } });
    expect(found[0]?.runners[0]).toMatchObject({ kind: 'refuse-to-let-go', reason: 'bypass-removal' });
  });

  test('that was asked to is answered by the second step, not asked for its wish again', () => {
    const leaving: Runner = { sees: 'leaving', row: { phase: 'leaving', reason: 'surplus' } };
    expect(plan({ lanes: [laneOf(acme, [leaving], { jobs: [aLaneJob(1)] })] })[0]?.runners[0]).toMatchObject({
      kind: 'retire',
      reason: 'surplus',
    });
  });
});

describe('a fleet that was removed', () => {
  test('drains: idle runners go whatever their age, its window and its pool, and busy ones finish', () => {
    const young: Runner = { ...idle, row: { launchedAt: ago(5) } };
    const found = plan({ isRemoved: true, fleet: always(9), lanes: [laneOf(acme, [young, idle, busy, wantsToGo])] });
    expect(found[0]?.runners).toMatchObject([
      { kind: 'ask-to-leave', reason: 'fleet-removed' },
      { kind: 'ask-to-leave', reason: 'fleet-removed' },
      { kind: 'keep' },
      { kind: 'retire' },
    ]);
  });

  test('still lets its runners take the jobs that wait for them', () => {
    const lanes = [laneOf(acme, [idle, idle], { jobs: [aLaneJob(1)] })];
    expect(counted(plan({ isRemoved: true, lanes }), 'ask-to-leave')).toBe(1);
  });
});

describe('silence of many at once', () => {
  const silent: Runner = {
    sees: 'idle',
    lease: { at: ago(3_600) },
    row: { looks: silentLooks(900) },
    host: { registration: { id: '9', name: 'unlisted' } },
  };
  const lanesOf = (runners: readonly Runner[]): DeploymentFacts => ({
    lanes: [laneOf(acme, runners)],
    instances: new Map(runners.map((_, index) => [idOf(acme, index), anInstance()])),
    registrations: new Map([['org:acme', new Map()]]),
    otherJobs: [],
  });
  const lost = (runners: readonly Runner[]): number => {
    const plans = planScaleDown(
      lanesOf(runners),
      { ...unlimited, fleetOf: () => ({ fleet: fleet(), isRemoved: false }) },
      now,
    );
    return counted(plans, 'end-lost');
  };

  test.each([
    [1, 0, 1],
    [3, 0, 3],
    [4, 0, 0],
    [4, 36, 4],
    [4, 35, 0],
    [5, 45, 5],
    [6, 45, 0],
  ])('%i silent beside %i that are not: %i are lost', (count, others, expected) => {
    expect(lost([...many(count, silent), ...many(others, busy)])).toBe(expected);
  });

  test('a table that was lost under all runners ends none of them', () => {
    const rowless: Runner = {
      ...silent,
      isRowless: true,
      row: { launchedAt: ago(86_400), looks: silentLooks(900, { counter: -1 }) },
    };
    expect(lost(many(8, rowless))).toBe(0);
    expect(lost(many(1, rowless))).toBe(1);
    expect(kinds(plan({ lanes: [laneOf(acme, [rowless])], names: ['ci-i-acme0.x7f2'] }))).toEqual(['keep']);
  });
});

describe('a job that names a runner', () => {
  const silent: Runner = {
    sees: 'busy',
    lease: { at: ago(3_600) },
    row: { looks: silentLooks(900) },
  };
  const job = aLaneJob(1, { state: 'running', runnerName: 'ci-i-acme0' });
  const beta: Lane = { fleet: 'other', scope: 'org:beta' };

  test.each<[string, Partial<Case>, Partial<LaneView>]>([
    ['in its lane', {}, { jobs: [job] }],
    ['in another lane', { lanes: [laneOf(beta, [], { jobs: [job] })] }, {}],
    ['that matches no fleet', { otherJobs: [job] }, {}],
  ])('%s is asked about before the runner is lost', (_, more, view) => {
    const lanes = [laneOf(acme, [silent], view), ...(more.lanes ?? [])];
    const found = plan({ ...more, lanes, machines: { 'i-acme0': { impaired: true } } });
    expect(found[0]?.runners[0]).toMatchObject({ kind: 'read-job', job });
  });

  test('is none that is only queued, or that runs on another', () => {
    for (const other of [aLaneJob(1, { runnerName: 'ci-i-acme0' }), { ...job, runnerName: 'ci-i-acme1' }]) {
      const lanes = [laneOf(acme, [silent])];
      const found = plan({ otherJobs: [other], lanes, machines: { 'i-acme0': { impaired: true } } });
      expect(kinds(found)).toEqual(['end-lost']);
    }
  });

  test('names it also where the row of its host is lost', () => {
    const looks = silentLooks(900, { counter: -1 });
    const rowless: Runner = { sees: 'busy', isRowless: true, row: { looks } };
    const found = plan({ lanes: [laneOf(acme, [rowless], { jobs: [job] })] });
    expect(found[0]?.runners[0]).toMatchObject({ kind: 'read-job', job });
  });
});

test('a scope whose list failed is unknown, and ends nobody', () => {
  const lanes = [laneOf(acme, [{ sees: 'idle', row: { looks: { unlistedAt: ago(600) } } }])];
  const facts = { lanes, instances: new Map(), registrations: new Map(), otherJobs: [] };
  const [found] = planScaleDown(facts, { ...unlimited, fleetOf: () => ({ fleet: fleet(), isRemoved: false }) }, now);
  expect(found?.runners[0]?.looks.unlistedAt).toBe(ago(600));
});
