import { expect, test } from '@jest/globals';
import { manualClock } from '../../clock/manual-clock.ts';
import { spotNotice } from './spot-notice.ts';

function start() {
  const clock = manualClock();
  const pages: Record<string, string | undefined> = {};
  const state = { calls: 0, fails: false };
  const get = async (path: string): Promise<string | undefined> => {
    state.calls += 1;
    if (state.fails) throw new Error('no answer');
    return pages[path];
  };
  return { clock, pages, state, notice: spotNotice({ get }, clock) };
}
const action = 'meta-data/spot/instance-action';
const recommendation = 'meta-data/events/recommendations/rebalance';

test('Spot takes a machine back at the time that it says, and once it said so nobody asks again', async () => {
  const { clock, pages, state, notice } = start();
  expect(await notice()).toBeNull();
  pages[action] = JSON.stringify({ action: 'terminate', time: '2026-01-01T00:02:00Z' });
  expect(await notice()).toBe(Date.UTC(2026, 0, 1, 0, 2));
  const { calls } = state;
  await clock.advance(60);
  expect(await notice()).toBe(Date.UTC(2026, 0, 1, 0, 2));
  expect(state.calls).toBe(calls);
});

test('a notice that cannot be read means now', async () => {
  const { clock, pages, notice } = start();
  pages[action] = 'soon';
  expect(await notice()).toBe(clock.now());
});

test('a recommendation counts after five minutes, in which a new machine’s job comes', async () => {
  const { clock, pages, notice } = start();
  pages[recommendation] = JSON.stringify({ noticeTime: new Date(clock.now()).toISOString() });
  expect(await notice()).toBeNull();
  await clock.advance(299);
  expect(await notice()).toBeNull();
  await clock.advance(1);
  expect(await notice()).toBe(clock.now() - 300_000);
});

test('who does not answer is asked less and less often, and no less than once a minute', async () => {
  const { clock, state, notice } = start();
  state.fails = true;
  await expect(notice()).rejects.toThrow('no answer');
  expect(await notice()).toBeNull();
  for (let second = 0; second < 600; second++) {
    await clock.advance(1);
    await notice().catch(() => undefined);
  }
  expect(state.calls).toBeGreaterThanOrEqual(10);
  expect(state.calls).toBeLessThan(30);
});
