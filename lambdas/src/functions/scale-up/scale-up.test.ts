import { describe, expect, test } from '@jest/globals';
import { type City, city } from '../../../tests/city/city.ts';
import { acme, comeUp, overheard, ring, saidBy, usageOf, viewOf } from '../../../tests/city/invoke.ts';
import { aliveMachines } from '../../../tests/city/life.ts';
import { deliver, idsFrom, queueJobs } from '../../../tests/city/traffic.ts';
import { DeniedError } from '../../core/errors.ts';
import { lookAtMachine } from '../sweep/look-at-machine.ts';
import type { World } from '../world.ts';
import { scaleUp } from './scale-up.ts';

const endless = { runnersMaximumCount: -1, launchesPerHourLimit: 100_000 };
const planOf = async (town: City, world?: World) => (await ring(town, [acme], world)).lanes[0]?.plan;

describe('messages', () => {
  test('of one lane are one look at it, and all acknowledged', async () => {
    const town = city();
    await queueJobs(town, [1]);
    const { lanes, failed } = await ring(town, [acme, acme, acme]);
    expect(lanes).toHaveLength(1);
    expect(failed).toEqual([]);
    expect(town.compute.counts().launch).toBe(1);
  });

  test('of a lane that failed return to the queue, and those of the others do not', async () => {
    const town = city();
    await queueJobs(town, [1]);
    const lane: City['world']['ledger']['lane'] = async (of) => {
      if (of.scope === 'org:broken') throw new Error('The table is throttled.');
      return town.world.ledger.lane(of);
    };
    const world = { ...town.world, ledger: { ...town.world.ledger, lane } };
    const lanes = ['linux-x64/org:broken', acme, 'linux-x64/org:broken', 'no lane'];
    const { failed } = await ring(town, lanes, world);
    expect(failed).toEqual(['r0', 'r2', 'r3']);
    expect(aliveMachines(town)).toHaveLength(1);
  });

  test('that wait for a slot are acknowledged: the lane has one continuation, whoever rings meanwhile', async () => {
    const { town, sent } = overheard(city({ fleets: [{ runnersMaximumCount: 1 }] }));
    await queueJobs(town, idsFrom(1, 5));
    sent.length = 0;
    for (let times = 0; times < 5; times++) expect((await ring(town)).failed).toEqual([]);
    expect(sent).toEqual([{ lane: acme, reason: 'fleet-limit', delaySeconds: expect.any(Number) }]);
    expect(sent[0]?.delaySeconds).toBeGreaterThanOrEqual(13.5);
    expect(sent[0]?.delaySeconds).toBeLessThanOrEqual(16.5);
  });

  test('of a lane that waits longer and longer come back more and more rarely, until supply suffices', async () => {
    const { town, sent } = overheard(city({ fleets: [{ runnersMaximumCount: 0 }] }));
    await queueJobs(town, [1]);
    sent.length = 0;
    for (let times = 0; times < 6; times++) {
      await ring(town);
      await town.clock.advance((sent.at(-1)?.delaySeconds ?? 0) + 1);
    }
    const delays = sent.map(({ delaySeconds }) => Math.round(delaySeconds / 15));
    expect(delays[0]).toBe(1);
    expect(delays.at(-1)).toBeGreaterThanOrEqual(18);
    town.forge.finishJob('memory/acme/app/1', 'cancelled');
    await deliver(town, 'memory/acme/app/1');
    expect(await planOf(town)).toEqual({ kind: 'none', reason: 'supply-suffices' });
    expect(await viewOf(town)).toMatchObject({ continuations: 0 });
  });

  test('for a fleet that was removed are acknowledged, and launch nothing', async () => {
    const town = city();
    await queueJobs(town, [1]);
    const world = { ...town.world, config: { ...town.world.config, fleets: [] } };
    expect(await ring(town, [acme], world)).toEqual({
      lanes: [{ lane: acme, plan: undefined, launchesFailed: 0 }],
      failed: [],
    });
    expect(aliveMachines(town)).toEqual([]);
  });

  test('that come when no time is left are continued later', async () => {
    const { town, sent } = overheard(city());
    await queueJobs(town, [1]);
    sent.length = 0;
    await ring(town, [acme], { ...town.world, deadlineAt: town.clock.now() });
    expect(sent).toMatchObject([{ lane: acme, reason: 'overtaken' }]);
    expect(aliveMachines(town)).toEqual([]);
  });
});

describe('a launch', () => {
  test('of a thousand is few calls, none larger than the provider takes', async () => {
    const town = city({ fleets: [endless] });
    await queueJobs(town, idsFrom(1, 180));
    await ring(town);
    expect(aliveMachines(town)).toHaveLength(180);
    expect(town.compute.counts()).toMatchObject({ launch: 2, list: 0 });
  });

  test('goes elsewhere while a place without capacity rests, and comes back when it has rested', async () => {
    const town = city({ fleets: [{ ...endless, zones: ['a', 'b'] }] });
    town.compute.cloud.setCapacity({ type: 'process', zone: 'a' }, 0);
    town.compute.cloud.setCapacity({ type: 'process', zone: 'b' }, 1);
    await queueJobs(town, idsFrom(1, 3));
    const { lanes } = await ring(town);
    expect(lanes).toMatchObject([{ plan: { kind: 'wait', reason: 'no-capacity', deficit: 2 }, launchesFailed: 2 }]);
    expect((await usageOf(town)).resting.map(({ zone }) => zone)).toEqual(['a', 'b']);
    expect((await usageOf(town)).fleetUsed).toBe(1);
    expect(saidBy(town, 'launched')).toMatchObject([{ kind: 'short', count: 1 }]);
    for (const zone of ['a', 'b']) town.compute.cloud.setCapacity({ type: 'process', zone }, 9);
    const calls = town.compute.counts().launch;
    await ring(town);
    expect(town.compute.counts().launch).toBe(calls);
    await town.clock.advance(181);
    await ring(town);
    expect(aliveMachines(town)).toHaveLength(3);
  });

  test.each([
    [true, ['on-demand', 'on-demand', 'spot']],
    [false, ['spot']],
  ])('that Spot can’t fill falls over to on-demand, if it may: %s', async (onDemandFailover, markets) => {
    const town = city({ fleets: [{ ...endless, onDemandFailover }] });
    const { launch } = town.compute;
    const place = { type: 'process', zone: 'local' };
    const world: World = {
      ...town.world,
      compute: {
        ...town.compute,
        launch: (request) => {
          town.compute.cloud.setCapacity(place, request.market === 'spot' ? 1 : 100);
          return launch(request);
        },
      },
    };
    await queueJobs(town, idsFrom(1, 3));
    await ring(town, [acme], world);
    expect([...aliveMachines(town).map(({ market }) => market)].sort()).toEqual(markets);
    expect((await usageOf(town)).fleetUsed).toBe(markets.length);
    expect((await viewOf(town)).intents).toEqual([]);
    expect(saidBy(town, 'step')).toHaveLength(onDemandFailover ? 1 : 0);
  });

  test.each(['quota', 'configuration', 'permission'] as const)(
    'refused for %s is an error that a person reads, and no hot loop',
    async (kind) => {
      const { town, sent } = overheard(city());
      await queueJobs(town, [1]);
      sent.length = 0;
      if (kind !== 'permission') town.compute.cloud.refuseLaunches({ kind, message: 'MaxSpotInstanceCountExceeded' });
      const launch = () => Promise.reject(new DeniedError('UnauthorizedOperation'));
      const compute = kind === 'permission' ? { ...town.compute, launch } : town.compute;
      await ring(town, [acme], { ...town.world, compute });
      expect(sent).toMatchObject([{ reason: `launch-refused-${kind}` }]);
      expect(town.log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
      expect((await usageOf(town)).fleetUsed).toBe(0);
    },
  );

  test('whose answers are lost is asked again with the same token, then left open', async () => {
    const { town, sent } = overheard(city());
    await queueJobs(town, [1]);
    sent.length = 0;
    const tokens: string[] = [];
    const launch: City['compute']['launch'] = async (request) => {
      tokens.push(request.token);
      await town.compute.launch(request);
      throw new Error('socket hang up');
    };
    await ring(town, [acme], { ...town.world, compute: { ...town.compute, launch } });
    expect(tokens).toHaveLength(4);
    expect(new Set(tokens).size).toBe(1);
    expect(aliveMachines(town)).toHaveLength(1);
    expect((await viewOf(town)).intents).toHaveLength(1);
    expect(sent).toMatchObject([{ reason: 'intent-is-open' }]);
  });

  test('whose decision’s answer was lost is found to have won', async () => {
    const town = city();
    await queueJobs(town, [1]);
    let times = 0;
    const intend: World['ledger']['intend'] = async (plan) => {
      const outcome = await town.world.ledger.intend(plan);
      times += 1;
      if (times === 1) throw new Error('socket hang up');
      return outcome;
    };
    await ring(town, [acme], { ...town.world, ledger: { ...town.world.ledger, intend } });
    expect(aliveMachines(town)).toHaveLength(1);
    expect((await usageOf(town)).fleetUsed).toBe(1);
  });

  test('stops at the hourly cap', async () => {
    const town = city({ fleets: [{ ...endless, launchesPerHourLimit: 4 }] });
    await queueJobs(town, idsFrom(1, 9));
    expect(await planOf(town)).toMatchObject({ kind: 'launch', count: 4, left: 5, leftReason: 'hourly-cap' });
    expect(await planOf(town)).toMatchObject({ kind: 'wait', reason: 'hourly-cap' });
    await town.clock.advance(900);
    expect(await planOf(town)).toMatchObject({ kind: 'launch', count: 1 });
  });

  test('comes in no driblets: what the forge grants in a second or two is gathered', async () => {
    const town = city({ fleets: [endless] });
    await queueJobs(town, idsFrom(1, 400));
    expect(await planOf(town)).toMatchObject({ count: 180, left: 220 });
    const mintedAt = town.clock.now();
    const next = await planOf(town);
    if (next?.kind === 'launch') expect(next.count).toBeGreaterThanOrEqual(50);
    else expect(next).toMatchObject({ kind: 'wait', reason: 'forge-budget' });
    expect(town.clock.now()).toBeGreaterThanOrEqual(mintedAt);
  });
});

describe('a job for which machines come again and again', () => {
  /** Launches for the one job, whose machines each end with somebody else's job. */
  async function launchAndLose(town: City): Promise<void> {
    for (const { id } of await comeUp(town, 'busy')) {
      await town.clock.advance(200);
      town.compute.cloud.stop(id, 'job-done');
      await lookAtMachine(town.world, id);
    }
  }

  test('is read at the forge before the third launch', async () => {
    const town = city({ fleets: [{ ...endless, runnerBootTimeMinutes: 60 }] });
    await queueJobs(town, [1]);
    for (const reads of [0, 0, 1]) {
      await ring(town);
      expect(town.forge.calls.getJob).toBe(reads);
      expect(aliveMachines(town)).toHaveLength(1);
      await launchAndLose(town);
    }
  });

  test('gets none once the forge calls it done, though no event said so', async () => {
    const town = city({ fleets: [{ ...endless, runnerBootTimeMinutes: 60 }] });
    await queueJobs(town, [1]);
    for (const _ of [1, 2]) {
      await ring(town);
      await launchAndLose(town);
    }
    town.forge.finishJob('memory/acme/app/1');
    expect(await planOf(town)).toEqual({ kind: 'none', reason: 'supply-suffices' });
    expect(aliveMachines(town)).toEqual([]);
  });

  /** When it is launched for in six hours, if each runner says that it sees this, and then ends. */
  async function launchesOf(sees: 'busy' | 'done'): Promise<readonly number[]> {
    const town = city({ fleets: [{ ...endless, runnerBootTimeMinutes: 60 }] });
    await queueJobs(town, [1]);
    const launchedAt: number[] = [];
    for (let seconds = 0; seconds < 6 * 3600; seconds += 30) {
      if ((await planOf(town))?.kind === 'launch') launchedAt.push(town.clock.now());
      for (const { id } of await comeUp(town, sees)) {
        await town.clock.advance(1);
        town.compute.cloud.stop(id, 'ended');
        await lookAtMachine(town.world, id);
      }
      await town.clock.advance(30);
    }
    return launchedAt;
  }

  test('gets one at growing intervals after the third', async () => {
    const launchedAt = await launchesOf('done');
    const minutes = launchedAt.map((at, index) => (at - (launchedAt[index - 1] ?? at)) / 60_000);
    expect(minutes.slice(4).every((gap, index) => gap >= (minutes[index + 3] ?? 0) * 0.9)).toBe(true);
    expect(launchedAt.length).toBeGreaterThan(6);
    expect(launchedAt.length).toBeLessThan(15);
  });

  test('gets one each time where other jobs take them, or it would wait the longer the more others wait', async () => {
    expect((await launchesOf('busy')).length).toBeGreaterThan(300);
  });

  test('whose forge can’t be read is no reason to launch, and is looked at later', async () => {
    const { town, sent } = overheard(city({ fleets: [{ ...endless, enableJobQueuedCheck: true }] }));
    await queueJobs(town, [1]);
    sent.length = 0;
    town.forge.failNext('getJob', 'before', new Error('502'), 99);
    await ring(town);
    expect(aliveMachines(town)).toEqual([]);
    expect(sent).toMatchObject([{ reason: 'forge-unreadable' }]);
  });
});

test('the plan is one log line with a reason, so that a query answers why a job waits', async () => {
  const town = city({ fleets: [{ runnersMaximumCount: 0 }] });
  await queueJobs(town, [1]);
  await scaleUp(town.world, [{ receipt: 'r', request: { lane: acme, reason: 'test' }, receiveCount: 1 }]);
  expect(town.log.lines.filter(({ message }) => message === 'scale-up').map(({ fields }) => fields)).toEqual([
    { lane: acme, kind: 'wait', reason: 'fleet-limit', deficit: 1, until: expect.any(Number) },
  ]);
});
