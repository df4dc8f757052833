import { expect, test } from '@jest/globals';
import { manualClock } from './manual-clock.ts';

test('time stands still until it is advanced', async () => {
  const clock = manualClock({ start: 1_000 });
  expect(clock.now()).toBe(1_000);
  await clock.advance(1.5);
  expect(clock.now()).toBe(2_500);
});

test('sleepers wake in order, each at its own time', async () => {
  const clock = manualClock({ start: 0 });
  const woken: string[] = [];
  const sleeper = async (name: string, seconds: number): Promise<void> => {
    await clock.sleep(seconds);
    woken.push(`${name}@${clock.now()}`);
  };
  const all = [sleeper('late', 3), sleeper('early', 1), sleeper('early-too', 1)];

  await clock.advance(2);
  expect(woken).toEqual(['early@1000', 'early-too@1000']);
  expect(clock.nextWakeAt()).toBe(3_000);
  await clock.advance(2);
  await Promise.all(all);
  expect(woken).toEqual(['early@1000', 'early-too@1000', 'late@3000']);
  expect(clock.now()).toBe(4_000);
});

test('who sleeps again on waking wakes again within one advance', async () => {
  const clock = manualClock({ start: 0 });
  const ticks: number[] = [];
  const ticking = (async () => {
    for (let count = 0; count < 3; count++) {
      await clock.sleep(10);
      ticks.push(clock.now());
    }
  })();
  await clock.advance(30);
  await ticking;
  expect(ticks).toEqual([10_000, 20_000, 30_000]);
});

test('no sleep takes no time', async () => {
  const clock = manualClock();
  await clock.sleep(0);
  expect(clock.nextWakeAt()).toBeUndefined();
});

test('one seed draws the same, another does not', () => {
  const draw = (seed: number) => {
    const clock = manualClock({ seed });
    return [clock.fraction(), clock.id(), clock.fraction()];
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test('ids are unique and fit; fractions lie in [0, 1)', () => {
  const clock = manualClock();
  const ids = Array.from({ length: 1_000 }, clock.id);
  expect(new Set(ids).size).toBe(1_000);
  expect(ids.every((id) => /^[a-z0-9-]{1,36}$/.test(id))).toBe(true);
  const draws = Array.from({ length: 1_000 }, clock.fraction);
  expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true);
});
