import { describe, expect, test } from '@jest/globals';
import { city } from '../city/city.ts';
import { aliveMachines, live, liveUntil } from '../city/life.ts';
import { idsFrom, queueJobs } from '../city/traffic.ts';

describe('a healthy deployment', () => {
  test('every job runs once, and nothing is left', async () => {
    const town = city({ fleets: [{ runnersMaximumCount: 15 }] });
    const truth = live(town);
    await queueJobs(town, idsFrom(1, 60));
    await liveUntil(town, 3600, () => truth.runs.size === 60 && aliveMachines(town).length === 0);
    expect([...truth.runs.values()].every((runs) => runs === 1)).toBe(true);
    expect(truth.peakMachines).toBeLessThanOrEqual(15);
    expect(town.forge.registrations()).toEqual([]);
    expect(town.queue.deadLetters()).toEqual([]);
    expect(truth.machines).toBe(60);
  });
});
