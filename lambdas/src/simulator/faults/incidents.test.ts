import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { incidents } from './incidents.ts';
import { nowAndThen } from './now-and-then.ts';
import { aloneAt } from './testbed.ts';

const pace = { quietSeconds: 600, lastsSeconds: [60, 300] } as const;
const nothing = { name: 'nothing', sentence: 'Nothing.', begin: () => ({}) };

test('incidents last as long as their pace says, are counted once each, and none outlasts the time of faults', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      const { site, hits, pass, time } = aloneAt(nothing, { seed });
      let number = 0;
      const outages = incidents(site, pace, () => ++number);
      const seen = new Set<number>();
      for (let step = 0; step < 3000; step++) {
        const outage = outages.felt();
        if (outage) {
          seen.add(outage.what);
          expect((outage.endAt - outage.startAt) / 1000).toBeLessThanOrEqual(300);
          expect(outage.endAt).toBeLessThanOrEqual(site.endAt);
          expect(time.now()).toBeLessThan(site.endAt);
        }
        await pass(30);
      }
      expect(seen.size).toBeGreaterThan(50);
      expect(hits.length).toBe(seen.size);
    }),
    { numRuns: 5 },
  );
});

test('what nobody feels is not counted', async () => {
  const { site, hits, pass } = aloneAt(nothing);
  const outages = incidents(site, pace, () => undefined);
  for (let step = 0; step < 100; step++) {
    outages.now();
    await pass(30);
  }
  expect(hits).toEqual([]);
});

test('strikes come as often as they should, twice as seldom at half the intensity, and stop with the time of faults', async () => {
  const countAt = async (intensity: number): Promise<number> => {
    const { site, pass, time } = aloneAt(nothing, { intensity });
    let strikes = 0;
    nowAndThen(site, 100, () => {
      expect(time.now()).toBeLessThan(site.endAt);
      strikes += 1;
    });
    await pass(2 * 86_400);
    return strikes;
  };
  expect(Math.abs((await countAt(1)) - 864)).toBeLessThan(90);
  expect(Math.abs((await countAt(0.5)) - 432)).toBeLessThan(65);
});
