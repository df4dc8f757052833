import { expect } from '@jest/globals';
import type { LaunchRequest } from '../../src/core/instance.ts';
import type { Lane } from '../../src/core/lane.ts';
import type { Ledger } from '../../src/ports/ledger.ts';
import type { Facts } from './contract.ts';
import { intended, job, lane, launched, type MakeLedger, machine, now, plan, used } from './ledger-subject.ts';

const request: LaunchRequest = {
  token: 't-1',
  launchId: 'a',
  lane: 'linux/org:acme',
  fleet: 'linux',
  count: 2,
  market: 'spot',
  placements: [{ type: 'm7i.large', zone: 'a' }],
};

export const intentFacts = (make: MakeLedger): Facts => ({
  async 'an intent counts in full until it is closed, and gives back what did not come'() {
    const ledger = await make();
    const intent = await intended(ledger, 'a', { count: 5 });
    expect(await used(ledger)).toBe(5);
    expect((await ledger.lane(lane)).intents).toEqual([intent]);
    await ledger.recordLaunched(intent, [machine('i-1', 'a'), machine('i-2', 'a')], now);
    await ledger.close(intent, 2, now);
    const view = await ledger.lane(lane);
    expect(view.intents).toEqual([]);
    expect(view.runners.map(({ instanceId }) => instanceId)).toEqual(['i-1', 'i-2']);
    expect(await used(ledger)).toBe(2);
    await ledger.close(intent, 2, now);
    expect(await used(ledger)).toBe(2);
  },

  async 'a lane without any job, as a pool has, is listed from its first intent on'() {
    const ledger = await make();
    const intent = await intended(ledger, 'a');
    expect(await ledger.lanes()).toEqual([lane]);
    await ledger.close(intent, 0, now);
    expect(await ledger.lanes()).toEqual([lane]);
  },

  async 'two decisions on one reading of a lane: one wins'() {
    const ledger = await make();
    const outcomes = await Promise.all([ledger.intend(plan('a')), ledger.intend(plan('b'))]);
    expect(outcomes.filter((outcome) => outcome === 'lost')).toHaveLength(1);
    expect(await ledger.intend(plan('c'))).toBe('lost');
    expect(await used(ledger)).toBe(1);
  },

  async 'closing and adopting make every older reading of the lane worthless'() {
    const ledger = await make();
    const intent = await intended(ledger, 'a');
    const before = await ledger.lane(lane);
    await ledger.close(intent, 0, now);
    expect(await ledger.intend(plan('b', { seq: before.seq }))).toBe('lost');
    const { seq } = await ledger.lane(lane);
    await ledger.adopt(machine('i-9', 'unknown'), now);
    expect(await ledger.intend(plan('c', { seq }))).toBe('lost');
  },

  async 'events never make a reading worthless'() {
    const ledger = await make();
    const { seq } = await ledger.lane(lane);
    await ledger.record(job(1), lane, now);
    expect(await ledger.intend(plan('a', { seq }))).not.toBe('lost');
  },

  async 'one whose answer was lost finds that it had won'() {
    const ledger = await make();
    const first = await ledger.intend(plan('a'));
    expect(await ledger.intend(plan('a'))).toEqual(first);
    expect(await used(ledger)).toBe(1);
  },

  async 'whatever decides at once, on however many lanes, the limit of their fleet holds'() {
    const ledger = await make();
    const lanes = ['acme', 'beta', 'gamma'].map((owner): Lane => ({ fleet: 'linux', scope: `org:${owner}` }));
    await Promise.all(
      Array.from({ length: 60 }, (_, index) => tryUntilDecided(ledger, lanes[index % 3] as Lane, `l${index}`, 15)),
    );
    expect(await used(ledger)).toBe(15);
  },

  async 'the limit of the deployment holds over fleets'() {
    const ledger = await make();
    const lanes = ['linux', 'windows'].map((fleet): Lane => ({ fleet, scope: 'org:acme' }));
    for (const [index, each] of [...lanes, ...lanes].entries()) {
      const { seq } = await ledger.lane(each);
      const fields = { lane: each, seq, count: 2, deploymentLimit: 5 };
      expect(await ledger.intend(plan(`l${index}`, fields))).toEqual(index < 2 ? expect.anything() : 'lost');
    }
    expect((await ledger.usage('linux', [])).deploymentUsed).toBe(4);
  },

  async 'a launch larger than the limit itself is refused, though nothing runs yet'() {
    const ledger = await make();
    expect(await ledger.intend(plan('a', { count: 3, fleetLimit: 2 }))).toBe('lost');
    expect(await ledger.intend(plan('a', { count: 1, fleetLimit: 0 }))).toBe('lost');
  },

  async 'a launch never outruns the budget of its App'() {
    const ledger = await make();
    const budget = { secondsEach: 1, burstSeconds: 10 };
    await intended(ledger, 'a', { count: 8, budget });
    const { seq } = await ledger.lane(lane);
    expect(await ledger.intend(plan('b', { seq, count: 3, budget }))).toBe('lost');
    expect((await ledger.usage('linux', ['app-1'])).budgetTat.get('app-1')).toBe(now + 8000);
    await intended(ledger, 'c', { count: 3, budget, app: 'app-2' });
    await intended(ledger, 'd', { count: 3, budget, now: now + 2000 });
  },

  async 'the hourly cap holds'() {
    const ledger = await make();
    const hourly = { secondsEach: 1800, burstSeconds: 3600 };
    await intended(ledger, 'a', { count: 2, hourly });
    const { seq } = await ledger.lane(lane);
    expect(await ledger.intend(plan('b', { seq, hourly }))).toBe('lost');
    await intended(ledger, 'c', { hourly, now: now + 1_800_000 });
  },

  async 'what had time to flow away since it was drawn is not given back'() {
    const ledger = await make();
    const hourly = { secondsEach: 1200, burstSeconds: 3600 };
    await ledger.close(await intended(ledger, 'a', { count: 3, hourly }), 1, now);
    const launchTat = async () => (await ledger.usage('linux', [])).launchTat;
    expect(await launchTat()).toBe(now + 1_200_000);
    const second = await intended(ledger, 'b', { hourly });
    const third = await intended(ledger, 'c', { hourly });
    await ledger.close(second, 0, now + 600_000);
    expect(await launchTat()).toBe(now + 3_000_000);
    await ledger.close(third, 0, now + 1_200_000);
    expect(await launchTat()).toBe(now + 3_000_000);
  },

  async 'a step is stored as it stands, and only by the owner'() {
    const ledger = await make();
    const intent = await intended(ledger, 'a', { count: 2 });
    const stored = await ledger.addSteps(intent, [request]);
    expect(stored).toMatchObject({ steps: [{ request }] });
    expect((await ledger.lane(lane)).intents[0]).toEqual(stored);
    const taken = await ledger.takeOver(stored as typeof intent, now + 900_000);
    expect(taken).toMatchObject({ ownedUntil: now + 900_000, steps: [{ request }] });
    expect(await ledger.addSteps(stored as typeof intent, [request])).toBe('lost');
    expect(await ledger.takeOver(stored as typeof intent, now + 950_000)).toBe('lost');
  },

  async 'who read it before its steps were stored can neither take it over nor wipe them out'() {
    const ledger = await make();
    const read = await intended(ledger, 'a', { count: 2 });
    const stored = await ledger.addSteps(read, [request]);
    expect(await ledger.takeOver(read, now + 900_000)).toBe('lost');
    await ledger.noteLook(read, { ids: [], at: now });
    expect((await ledger.lane(lane)).intents).toEqual([stored]);
  },

  async 'only its owner closes it'() {
    const ledger = await make();
    const read = await intended(ledger, 'a', { count: 2 });
    const taken = await ledger.takeOver(read, now + 900_000);
    await ledger.close(read, 0, now);
    expect((await ledger.lane(lane)).intents).toEqual([taken]);
    expect(await used(ledger)).toBe(2);
  },

  async 'a closed intent takes no step, no owner and no machine'() {
    const ledger = await make();
    const intent = await intended(ledger, 'a');
    await ledger.close(intent, 0, now);
    expect(await ledger.addSteps(intent, [request])).toBe('lost');
    expect(await ledger.takeOver(intent, now + 900_000)).toBe('lost');
    expect(await ledger.recordLaunched(intent, [machine('i-1', 'a')], now)).toBe('closed');
    await ledger.noteLook(intent, { ids: [], at: now });
    expect((await ledger.lane(lane)).intents).toEqual([]);
  },

  async 'a look made to settle it is kept'() {
    const ledger = await make();
    const intent = await intended(ledger, 'a');
    await ledger.noteLook(intent, { ids: ['i-1'], at: now });
    expect((await ledger.lane(lane)).intents[0]?.look).toEqual({ ids: ['i-1'], at: now });
  },

  async 'a launch of 180 is recorded whole'() {
    const ledger = await make();
    const machines = await launched(ledger, 'a', 180);
    expect((await ledger.lane(lane)).runners).toHaveLength(180);
    expect(machines).toHaveLength(180);
    expect(await used(ledger)).toBe(180);
  },
});

/** As a function would: read, decide, and when overtaken read again, until the limit says no. */
async function tryUntilDecided(ledger: Ledger, on: Lane, launchId: string, fleetLimit: number): Promise<void> {
  for (;;) {
    const { seq } = await ledger.lane(on);
    const { fleetUsed } = await ledger.usage(on.fleet, []);
    if (fleetUsed >= fleetLimit) return;
    if ((await ledger.intend(plan(launchId, { lane: on, seq, fleetLimit }))) !== 'lost') return;
  }
}
