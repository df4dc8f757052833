import { expect, test } from '@jest/globals';
import { manualClock, systemClock } from './clock.ts';

test('a clock that is moved by hand runs what falls due, in order, and what that asks for', () => {
  const clock = manualClock(0);
  const seen: string[] = [];
  clock.later(2, () => seen.push(`second at ${clock.now()}`));
  clock.later(1, () => clock.later(0.5, () => seen.push(`first at ${clock.now()}`)));
  const cancel = clock.later(1, () => seen.push('never'));
  cancel();
  clock.later(9, () => seen.push('later'));
  clock.advance(3);
  expect(seen).toEqual(['first at 1500', 'second at 2000']);
  expect(clock.now()).toBe(3000);
});

test('a stopped clock keeps no process alive: connections that close after it ask for nothing more', () => {
  const clock = systemClock();
  clock.later(3600, () => {});
  clock.stop();
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
  const before = timers();
  clock.later(3600, () => {})();
  clock.later(3600, () => {});
  expect(timers()).toBe(before);
});
