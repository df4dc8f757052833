import { expect, test } from '@jest/globals';
import { untilItWorks } from './until-it-works.ts';

test('what worked is made once; what failed is tried again by the next', async () => {
  let tries = 0;
  const made = untilItWorks(async () => {
    tries += 1;
    if (tries === 1) throw new Error('away');
    return tries;
  });
  // Two that start together share one try.
  await expect(Promise.allSettled([made(), made()])).resolves.toMatchObject([
    { status: 'rejected' },
    { status: 'rejected' },
  ]);
  expect(tries).toBe(1);
  expect([await made(), await made()]).toEqual([2, 2]);
});
