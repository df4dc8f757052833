import { expect, test } from '@jest/globals';
import { type City, city } from '../city/city.ts';
import { live, liveUntil } from '../city/life.ts';
import { queueJobs } from '../city/traffic.ts';

/** The same town under another configuration; the old one stays in use by whoever holds it. */
const changed = (town: City, options: Parameters<typeof city>[0]): City => ({
  ...town,
  world: { ...town.world, config: city(options).world.config },
});

test('a job recorded under the old configuration, after all others were moved, finds its new fleet', async () => {
  const before = city({ fleets: [{ name: 'old' }] });
  const after = changed(before, { fleets: [{ name: 'new' }] });
  const truth = live(after);
  await after.clock.advance(120);
  // A webhook function that was warm, and has not seen the change.
  await queueJobs(before, [1]);
  await liveUntil(after, 1800, () => truth.runs.size === 1);
  expect(truth.runs.size).toBe(1);
});

test('a job that matched nothing under the old configuration, heard of late, finds its fleet', async () => {
  const before = city({ fleets: [{ name: 'arm', labels: ['self-hosted', 'arm64'] }] });
  const after = changed(before, { fleets: [{ name: 'new' }] });
  const truth = live(after);
  await after.clock.advance(120);
  await queueJobs(before, [1]);
  await liveUntil(after, 1800, () => truth.runs.size === 1);
  expect(truth.runs.size).toBe(1);
});
