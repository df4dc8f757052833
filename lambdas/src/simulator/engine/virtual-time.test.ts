import { describe, expect, test } from '@jest/globals';
import { chance } from './chance.ts';
import { virtualTime } from './virtual-time.ts';

describe('virtual time', () => {
  test('wakes sleepers in the order of their times, and those of one instant in the order in which they lay down', async () => {
    const time = virtualTime(0);
    const woken: string[] = [];
    const sleep = async (name: string, seconds: number): Promise<void> => {
      await time.sleep(seconds);
      woken.push(`${name} ${time.now()}`);
    };
    for (const [name, seconds] of [
      ['c', 3],
      ['a', 1],
      ['d', 3],
      ['b', 2],
    ] as const)
      void sleep(name, seconds);
    await time.run(10_000);
    expect(woken).toEqual(['a 1000', 'b 2000', 'c 3000', 'd 3000']);
    expect(time.now()).toBe(10_000);
  });

  test('lets everything that can go on go on before it moves, however many steps that takes', async () => {
    const time = virtualTime(0);
    let steps = 0;
    const walk = async (): Promise<void> => {
      for (let i = 0; i < 500; i++) {
        await Promise.resolve();
        steps += 1;
      }
    };
    time.at(1_000, () => void walk());
    let seenAt2 = 0;
    time.at(2_000, () => {
      seenAt2 = steps;
    });
    await time.run(3_000);
    expect(seenAt2).toBe(500);
  });

  test('stops where its condition holds, and goes on from there', async () => {
    const time = virtualTime(0);
    let count = 0;
    const tick = (): void => {
      count += 1;
      time.at(time.now() + 1_000, tick);
    };
    time.at(0, tick);
    await time.run(1_000_000, () => count === 5);
    expect(time.now()).toBe(4_000);
    await time.run(1_000_000, () => count === 7);
    expect(time.now()).toBe(6_000);
  });

  test('what was asked for the past comes now', async () => {
    const time = virtualTime(5_000);
    let at = 0;
    time.at(1_000, () => {
      at = time.now();
    });
    await time.run(6_000);
    expect(at).toBe(5_000);
  });

  test('a clock that goes wrong shows another time, and sleeps as long', async () => {
    const time = virtualTime(0);
    const clock = time.clock(chance(1), -60);
    let woke = 0;
    void clock.sleep(10).then(() => {
      woke = clock.now();
    });
    await time.run(20_000);
    expect(woke).toBe(-50_000);
  });

  test('thousands of sleepers wake in order', async () => {
    const time = virtualTime(0);
    const dice = chance(3);
    const seen: number[] = [];
    for (let i = 0; i < 5_000; i++) time.at(dice.whole(0, 100_000), () => void seen.push(time.now()));
    await time.run(100_000);
    expect(seen).toHaveLength(5_000);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });
});
