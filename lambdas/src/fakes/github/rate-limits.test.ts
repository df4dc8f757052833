import { expect, test } from '@jest/globals';
import { manualClock } from './clock.ts';
import { scaledDurations } from './durations.ts';
import { githubLimits, rateLimits } from './rate-limits.ts';
import { testbed } from './testbed.ts';

const runners = '/orgs/acme/actions/runners';
const jit = (name: string): object => ({ name, runner_group_id: 1, labels: ['linux'] });

test('the primary limit is told in each answer, ends in 403, and begins anew after an hour', async () => {
  const clock = manualClock();
  const { api } = await testbed({ clock, limits: { primary: 2 } });
  expect((await api('GET', '/rate_limit')).body.rate).toMatchObject({ limit: 2, remaining: 2 });
  const first = await api('GET', runners);
  expect(first.headers.get('x-ratelimit-remaining')).toBe('1');
  await api('GET', runners);
  const refused = await api('GET', runners);
  expect(refused.status).toBe(403);
  expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
  expect(refused.headers.get('retry-after')).toBe('3600');
  const { body, status } = await api('GET', '/rate_limit');
  expect({ status, remaining: body.rate?.remaining }).toEqual({ status: 200, remaining: 0 });

  clock.advance(3500);
  expect((await api('GET', runners)).headers.get('retry-after')).toBe('100');
});

test('a write costs five points, and too many in a minute are refused', async () => {
  const clock = manualClock();
  const { api } = await testbed({ clock, limits: { points: 10 } });
  for (const name of ['a', 'b'])
    expect((await api('POST', `${runners}/generate-jitconfig`, jit(name))).status).toBe(201);
  const refused = await api('POST', `${runners}/generate-jitconfig`, jit('c'));
  expect(refused).toMatchObject({ status: 403, body: { message: expect.stringContaining('secondary rate limit') } });
  expect(refused.headers.get('retry-after')).toBe('60');
  expect((await api('GET', runners)).status).toBe(200);
  clock.advance(60);
  expect((await api('POST', `${runners}/generate-jitconfig`, jit('c'))).status).toBe(201);
});

test('new runners are limited by five minutes', async () => {
  const clock = manualClock();
  const { api } = await testbed({ clock, limits: { registrations: 1 } });
  expect((await api('POST', `${runners}/generate-jitconfig`, jit('a'))).status).toBe(201);
  const refused = await api('POST', `${runners}/generate-jitconfig`, jit('b'));
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([403, '300']);
  clock.advance(300);
  expect((await api('POST', `${runners}/generate-jitconfig`, jit('b'))).status).toBe(201);
});

test('a shorter time makes shorter windows', async () => {
  const { api } = await testbed({ clock: manualClock(), timeScale: 60, limits: { registrations: 1 } });
  await api('POST', `${runners}/generate-jitconfig`, jit('a'));
  const refused = await api('POST', `${runners}/generate-jitconfig`, jit('b'));
  expect(refused.headers.get('retry-after')).toBe('5');
});

test('calls beyond those allowed at one time are refused until one has ended', () => {
  const clock = manualClock();
  const limits = rateLimits(clock, scaledDurations(1), { ...githubLimits, concurrent: 2 });
  expect([limits.enter(), limits.enter(), limits.enter()]).toEqual([true, true, false]);
  limits.leave();
  expect([limits.enter(), limits.enter()]).toEqual([true, false]);
});
