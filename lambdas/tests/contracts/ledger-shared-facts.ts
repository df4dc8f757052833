import { expect } from '@jest/globals';
import type { Facts } from './contract.ts';
import { job, lane, type MakeLedger, now } from './ledger-subject.ts';

const later = (seconds: number): number => now + seconds * 1000;

export const sharedFacts = (make: MakeLedger): Facts => ({
  async 'of many that would make a lane wait, one sends the message'() {
    const ledger = await make();
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => ledger.continueAt(lane, later(60), now)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await ledger.lane(lane)).toMatchObject({ continueAt: later(60), continuations: 1 });
    expect(await ledger.continueAt(lane, later(90), later(30))).toBe(false);
    expect(await ledger.continueAt(lane, later(120), later(61))).toBe(true);
  },

  async 'a lane that waits for long is woken earlier where that is needed'() {
    const ledger = await make();
    await ledger.continueAt(lane, later(300), now);
    expect(await ledger.continueAt(lane, later(20), now)).toBe(true);
    expect((await ledger.lane(lane)).continueAt).toBe(later(20));
  },

  async 'a lane that goes on waits no more'() {
    const ledger = await make();
    await ledger.continueAt(lane, later(60), now);
    await ledger.continued(lane);
    const view = await ledger.lane(lane);
    expect(view).not.toHaveProperty('continueAt');
    expect(view.continuations).toBe(0);
  },

  async 'starving lanes are listed until they have what they need'() {
    const ledger = await make();
    const starving = { lane: 'linux/org:acme', since: now, deficit: 3, by: 'fleet-limit', seenAt: now } as const;
    await ledger.starve(starving);
    expect((await ledger.usage('windows', [])).starving).toEqual([starving]);
    await ledger.starve({ lane: 'linux/org:acme', deficit: 0 });
    expect((await ledger.usage('windows', [])).starving).toEqual([]);
  },

  async 'a fleet remembers failed boots and the last probe, until one registers'() {
    const ledger = await make();
    const row = { failures: 3, hash: 'h', reason: 'boot-limit', failedAt: now };
    await ledger.noteProbe('linux', now);
    expect(await ledger.usage('linux', [])).not.toHaveProperty('breaker');
    await ledger.noteBoot('linux', { kind: 'failed', ...row });
    await ledger.noteProbe('linux', later(5));
    expect((await ledger.usage('linux', [])).breaker).toEqual({ ...row, probedAt: later(5) });
    await ledger.noteBoot('linux', { kind: 'registered' });
    expect(await ledger.usage('linux', [])).not.toHaveProperty('breaker');
  },

  async 'a place without capacity rests, by itself'() {
    const ledger = await make();
    const placement = { type: 'm7i.large', zone: 'a' };
    await ledger.rest('linux', placement, later(86_400 * 365 * 50));
    expect((await ledger.usage('linux', [])).resting).toEqual([
      expect.objectContaining({ ...placement, until: later(86_400 * 365 * 50) }),
    ]);
    expect((await ledger.usage('windows', [])).resting).toEqual([]);
  },

  async 'cursors are durable'() {
    const ledger = await make();
    expect(await ledger.cursor('events')).toBeUndefined();
    await ledger.saveCursor('events', '12');
    await ledger.saveCursor('events', '13');
    expect(await ledger.cursor('events')).toBe('13');
  },

  async 'stray registrations are remembered by scope, and forgotten'() {
    const ledger = await make();
    await ledger.noteStray('org:acme', '7', now);
    expect(await ledger.strays('org:acme')).toEqual(new Map([['7', now]]));
    expect(await ledger.strays('org:beta')).toEqual(new Map());
    await ledger.noteStray('org:acme', '7', null);
    expect(await ledger.strays('org:acme')).toEqual(new Map());
  },

  async 'a lane that never was is empty, and reading it makes nothing'() {
    const ledger = await make();
    expect(await ledger.lane(lane)).toEqual({
      lane,
      seq: 0,
      continuations: 0,
      workedRunners: 0,
      intents: [],
      runners: [],
      jobs: [],
    });
    expect(await ledger.lanes()).toEqual([]);
    expect(await ledger.job(job(1).key)).toBeUndefined();
  },
});
