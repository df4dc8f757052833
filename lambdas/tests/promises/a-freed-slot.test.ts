import { describe, test } from '@jest/globals';
import { city } from '../city/city.ts';
import { aliveMachines, live, liveUntil } from '../city/life.ts';
import { deliver, queueJobs } from '../city/traffic.ts';

describe('a freed slot', () => {
  test('goes to a younger lane at once when the oldest no longer needs it', async () => {
    const town = city({ fleets: [{ runnersMaximumCount: 2 }] });
    const truth = live(town, { jobSeconds: 1500 });
    await queueJobs(town, [1, 2], 'first');
    await liveUntil(town, 300, () => truth.runs.size === 2);
    await queueJobs(town, [3], 'old');
    await town.clock.advance(20);
    await queueJobs(town, [4], 'young');
    // Both lanes wait as long as they ever do between two looks.
    await town.clock.advance(1200);
    town.forge.finishJob('memory/old/app/3', 'cancelled');
    await deliver(town, 'memory/old/app/3');
    const [machine] = aliveMachines(town);
    town.compute.cloud.shutdown(machine?.id ?? '');
    await liveUntil(town, 60, () => aliveMachines(town).length === 2);
  });

  test('several at once go to as many lanes as they serve', async () => {
    const town = city({ fleets: [{ runnersMaximumCount: 3 }] });
    const truth = live(town, { jobSeconds: 1500 });
    await queueJobs(town, [1, 2, 3], 'first');
    await liveUntil(town, 300, () => truth.runs.size === 3);
    for (const [index, owner] of ['a', 'b', 'c'].entries()) {
      await queueJobs(town, [10 + index], owner);
      await town.clock.advance(5);
    }
    await town.clock.advance(1200);
    for (const { id } of aliveMachines(town)) town.compute.cloud.shutdown(id);
    await liveUntil(town, 60, () => aliveMachines(town).length === 3);
  });

  test('is not offered to a lane that has not been heard of for long', async () => {
    const town = city({ fleets: [{ runnersMaximumCount: -1 }], limit: 1 });
    const truth = live(town, { jobSeconds: 1500 });
    await queueJobs(town, [1], 'first');
    await liveUntil(town, 300, () => truth.runs.size === 1);
    const lane = 'removed/org:acme';
    await town.world.ledger.starve({ lane, since: 0, deficit: 5, by: 'deployment-limit', seenAt: town.clock.now() });
    await queueJobs(town, [2], 'young');
    await town.clock.advance(1200);
    for (const { id } of aliveMachines(town)) town.compute.cloud.shutdown(id);
    await liveUntil(town, 60, () => aliveMachines(town).length === 1);
  });
});

test('a pool that waits keeps no slot from a job', async () => {
  // Due at ten past midnight, which is ten minutes after the city's clock begins.
  const poolConfig = [{ scheduleExpression: '10 0 * * *', timeZone: 'UTC', size: 1 }];
  const town = city({
    fleets: [{ runnersMaximumCount: 1, minimumRunningTimeMinutes: 60, poolScope: 'org:pool', poolConfig }],
  });
  const truth = live(town, { jobSeconds: 5000 });
  await queueJobs(town, [1], 'first');
  await liveUntil(town, 300, () => truth.runs.size === 1);
  await town.clock.advance(1200);
  await queueJobs(town, [2], 'young');
  await town.clock.advance(5);
  town.forge.finishJob('memory/first/app/1');
  await deliver(town, 'memory/first/app/1');
  for (const { id } of aliveMachines(town)) town.compute.cloud.shutdown(id);
  await liveUntil(town, 90, () => truth.runs.size === 2);
});
