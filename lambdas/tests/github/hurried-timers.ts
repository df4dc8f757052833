import { jest } from '@jest/globals';
import { startAt } from './scripted-github.ts';

/** Timers that run as fast as `secondsUntil` drives them. */
export const fakeTimers = (): void =>
  void jest.useFakeTimers({ now: startAt, doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
export const realTimers = (): void => void jest.useRealTimers();

/** What the promise fails with. */
export const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (thrown) => thrown,
  );

/** Lets the timers run until the promise settles; answers how many seconds that took. */
export async function secondsUntil(promise: Promise<unknown>): Promise<number> {
  let settled = false;
  const end = () => {
    settled = true;
  };
  promise.then(end, end);
  const from = Date.now();
  for (let i = 0; i < 5000 && !settled; i++) {
    await new Promise(setImmediate);
    if (!settled) await jest.advanceTimersByTimeAsync(100);
  }
  return Math.round((Date.now() - from) / 1000);
}
