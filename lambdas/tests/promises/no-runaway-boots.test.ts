import { describe, expect, test } from '@jest/globals';
import { type City, city } from '../city/city.ts';
import { live } from '../city/life.ts';
import { idsFrom, queueJobs } from '../city/traffic.ts';

/** Every machine shuts itself down while it boots: an image that never becomes a runner. */
async function crashLoops(town: City, minutes: number): Promise<void> {
  for (let second = 0; second < minutes * 60; second += 5) {
    for (const { id, state } of town.compute.cloud.machines()) {
      if (state === 'pending') town.compute.cloud.shutdown(id);
    }
    await town.clock.advance(5);
  }
}

describe('machines that never become runners', () => {
  test('are tried one at a time after the first launch, whoever noticed that they are gone', async () => {
    const town = city({ fleets: [{ runnersMaximumCount: 40 }] });
    live(town, { choose: () => undefined });
    await queueJobs(town, idsFrom(1, 20));
    await crashLoops(town, 60);
    expect((await town.world.ledger.usage('linux-x64', [])).breaker?.failures).toBeGreaterThanOrEqual(20);
    expect(town.compute.counts().launched).toBeLessThan(40);
  });
});
