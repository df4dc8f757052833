import { describe, expect, test } from '@jest/globals';
import type { Instance } from '../../core/instance.ts';
import { busyLies } from './busy-lies.ts';
import { jobsUnknown } from './jobs-unknown.ts';
import { listsLag } from './lists-lag.ts';
import { offlineFlaps } from './offline-flaps.ts';
import { aloneAt } from './testbed.ts';
import { unlisted } from './unlisted.ts';

const stepSeconds = 5;

/** The longest time, in seconds, in which every look was a lie. */
async function longestLie(pass: (seconds: number) => Promise<void>, isLie: (step: number) => boolean): Promise<number> {
  let longest = 0;
  let steps = 0;
  for (let step = 0; step < 20_000; step++) {
    steps = isLie(step) ? steps + 1 : 0;
    longest = Math.max(longest, (steps - 1) * stepSeconds);
    await pass(stepSeconds);
  }
  return longest;
}

const runner = { name: 'ci-i-1', instance: 'i-1', isBusy: true, sinceSeconds: 0, registeredSeconds: 0 };

describe('no lie is longer than what was seen, or what its reader is made for:', () => {
  test('12 minutes and 15 seconds about who works', async () => {
    const { trouble, pass } = aloneAt(busyLies);
    const longest = await longestLie(pass, () => trouble.ofListing?.(runner)?.busy === false);
    expect(longest).toBeGreaterThan(60);
    expect(longest).toBeLessThanOrEqual(735);
  });

  test('less than a minute about who is online', async () => {
    const { trouble, pass } = aloneAt(offlineFlaps);
    const longest = await longestLie(pass, () => trouble.ofListing?.(runner)?.online === false);
    expect(longest).toBeGreaterThan(20);
    expect(longest).toBeLessThan(60);
  });

  test('five minutes after its registration about a runner that is not shown', async () => {
    const { trouble } = aloneAt(unlisted);
    const isAbsent = (name: string, registeredSeconds: number) =>
      trouble.ofListing?.({ ...runner, name, registeredSeconds })?.absent === true;
    const names = Array.from({ length: 100 }, (_, index) => `ci-i-${index}`);
    expect(names.filter((name) => isAbsent(name, 1)).length).toBeGreaterThan(20);
    expect(names.filter((name) => isAbsent(name, 300))).toEqual([]);
  });

  test('eight minutes after its launch, or four later, about a machine that is not listed', async () => {
    const { trouble, pass, time } = aloneAt(listsLag);
    for (let machine = 0; machine < 10; machine++) {
      const instance = { id: `i-${machine}`, launchedAt: time.now(), state: 'running' } as Instance;
      const isAbsent = () => trouble.ofMachineListing?.(instance) === 'absent';
      for (let seconds = 0; seconds < 485; seconds += stepSeconds) {
        isAbsent();
        await pass(stepSeconds);
      }
      expect(await longestLie(pass, isAbsent)).toBeLessThanOrEqual(240);
    }
  });

  test('less than a minute about a job: what was true before its change, or that there is none', async () => {
    const { trouble, pass } = aloneAt(jobsUnknown);
    const changeEverySeconds = 400;
    const told: { readonly lie: string | undefined; readonly at: number }[] = [];
    for (let at = 0; at < 86_000; at += stepSeconds) {
      const changedSeconds = at % changeEverySeconds;
      told.push({ lie: trouble.ofJobRead?.({ key: 'sim/acme/app/1', changedSeconds }), at });
      await pass(stepSeconds);
    }
    const timesOf = (wanted: string) => told.filter(({ lie }) => lie === wanted).map(({ at }) => at);
    expect(timesOf('before').length).toBeGreaterThan(100);
    expect(timesOf('before').filter((at) => at % changeEverySeconds >= 60)).toEqual([]);
    const unknown = timesOf('unknown');
    const firsts = unknown.filter((at, index) => at - (unknown[index - 1] ?? -600) >= 60);
    expect(firsts.length).toBeGreaterThan(20);
    // Each look at an unknown job comes within a minute of the first of its kind, and the next of that kind much later.
    expect(unknown.filter((at) => !firsts.some((first) => at >= first && at - first < 60))).toEqual([]);
    expect(firsts.filter((at, index) => at - (firsts[index - 1] ?? -600) < 600)).toEqual([]);
  });
});
