import { expect, test } from '@jest/globals';
import { virtualTime } from '../engine/virtual-time.ts';
import { timeLimit } from './time-limit.ts';

test('each hears when its own time is over, unless it was done before', async () => {
  const time = virtualTime(0);
  const limit = timeLimit(time, 10);
  const late: string[] = [];
  const begin = (name: string): { done(): void } => limit(() => late.push(`${name} ${time.now()}`));
  const first = begin('first');
  time.at(1_000, () => void begin('second'));
  time.at(2_000, () => void begin('third'));
  time.at(3_000, () => first.done());
  time.at(40_000, () => void begin('much later'));
  await time.run(60_000);
  expect(late).toEqual(['second 11000', 'third 12000', 'much later 50000']);
});

test('whoever ends as another one is late is not late', async () => {
  const time = virtualTime(0);
  const limit = timeLimit(time, 10);
  const late: string[] = [];
  const other = { done: (): void => {} };
  limit(() => {
    late.push('one');
    other.done();
  });
  Object.assign(
    other,
    limit(() => late.push('other')),
  );
  await time.run(60_000);
  expect(late).toEqual(['one']);
});
