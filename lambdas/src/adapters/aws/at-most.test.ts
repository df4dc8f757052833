import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { atMost } from './at-most.ts';

test('answers come in the order of their items, and no more are under way than allowed', async () => {
  let [underWay, most] = [0, 0];
  const answers = await atMost(3, [5, 1, 4, 2, 3], async (turns) => {
    most = Math.max(most, ++underWay);
    for (let turn = 0; turn < turns; turn++) await setImmediate();
    underWay--;
    return turns * 10;
  });
  expect(answers).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(3);
  expect(await atMost(3, [], async () => 1)).toEqual([]);
});

test('after an error nothing new is begun, and nothing is left running', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = async (item: number): Promise<void> => {
    begun.push(item);
    await setImmediate();
    if (item === 0) throw new Error('no');
    for (let turn = 0; turn < 5; turn++) await setImmediate();
    ended.push(item);
  };
  await expect(atMost(2, [0, 1, 2, 3], work)).rejects.toThrow('no');
  expect(begun).toEqual([0, 1]);
  expect(ended).toEqual([1]);
});
