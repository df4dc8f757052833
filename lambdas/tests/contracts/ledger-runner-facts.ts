import { expect } from '@jest/globals';
import type { RunnerRow } from '../../src/core/runner.ts';
import type { Ledger, RunnerMove } from '../../src/ports/ledger.ts';
import type { Facts } from './contract.ts';
import { intended, lane, launched, type MakeLedger, machine, now, used } from './ledger-subject.ts';

const runners = async (ledger: Ledger): Promise<readonly RunnerRow[]> => (await ledger.lane(lane)).runners;
const movesOf = async (ledger: Ledger, reason = 'surplus'): Promise<readonly RunnerMove[]> =>
  (await runners(ledger)).map((row) => ({ row, reason }));

export const runnerFacts = (make: MakeLedger): Facts => ({
  async 'runners leave only if nobody decided on their lane meanwhile'() {
    const ledger = await make();
    await launched(ledger, 'a', 2);
    const moves = await movesOf(ledger);
    const { seq } = await ledger.lane(lane);
    expect(await ledger.move(lane, moves, 'leaving', now, seq - 1)).toEqual([]);
    expect(await ledger.move(lane, moves, 'leaving', now, seq)).toHaveLength(2);
    expect((await runners(ledger)).map(({ phase, reason }) => [phase, reason])).toEqual([
      ['leaving', 'surplus'],
      ['leaving', 'surplus'],
    ]);
    expect((await ledger.lane(lane)).seq).toBe(seq + 1);
    expect(await used(ledger)).toBe(2);
  },

  async 'a runner is found by itself until it is gone'() {
    const ledger = await make();
    await launched(ledger, 'a', 2);
    const [row, other] = await runners(ledger);
    if (!row || !other) throw new Error('two were launched');
    expect(await ledger.runner(lane, row.instanceId)).toEqual(row);
    expect(await ledger.runner({ ...lane, fleet: 'other' }, row.instanceId)).toBeUndefined();
    await ledger.move(lane, [{ row, reason: 'terminated' }], 'gone', now);
    expect(await ledger.runner(lane, row.instanceId)).toBeUndefined();
    expect(await ledger.runner(lane, other.instanceId)).toEqual(other);
  },

  async 'more runners than one transaction holds leave and go in one call'() {
    const ledger = await make();
    await launched(ledger, 'a', 150);
    const { seq } = await ledger.lane(lane);
    expect(await ledger.move(lane, await movesOf(ledger), 'leaving', now, seq)).toHaveLength(150);
    expect(await ledger.move(lane, await movesOf(ledger, 'terminated'), 'gone', now)).toHaveLength(150);
    expect(await used(ledger)).toBe(0);
  },

  async 'a runner is moved from the phase that was read, or not at all'() {
    const ledger = await make();
    await launched(ledger, 'a', 1);
    const moves = await movesOf(ledger);
    await ledger.move(lane, moves, 'leaving', now);
    expect(await ledger.move(lane, moves, 'leaving', now)).toEqual([]);
    expect(await ledger.move(lane, await movesOf(ledger, 'worker'), 'up', now)).toHaveLength(1);
  },

  async 'a slot is freed once, however many see the machine gone'() {
    const ledger = await make();
    await launched(ledger, 'a', 3);
    const moves = await movesOf(ledger, 'terminated');
    const moved = await Promise.all([1, 2, 3].map(() => ledger.move(lane, moves, 'gone', now)));
    expect(moved.flat().sort()).toEqual(['i-a-0', 'i-a-1', 'i-a-2']);
    expect(await used(ledger)).toBe(0);
    expect(await runners(ledger)).toEqual([]);
    expect((await ledger.usage(lane.fleet, [])).deploymentUsed).toBe(0);
  },

  async 'runners that worked are counted when they are gone, once'() {
    const ledger = await make();
    await launched(ledger, 'a', 120);
    const moves = (await movesOf(ledger, 'terminated')).map((move, place) => ({ ...move, hasWorked: place % 2 === 0 }));
    await Promise.all([1, 2].map(() => ledger.move(lane, moves, 'gone', now)));
    expect(await ledger.lane(lane)).toMatchObject({ workedRunners: 60, runners: [] });
  },

  async 'a runner that is gone is not reborn by the launch that is still open'() {
    const ledger = await make();
    const intent = await intended(ledger, 'a', { count: 2 });
    const machines = [machine('i-1', 'a'), machine('i-2', 'a')];
    await ledger.recordLaunched(intent, machines, now);
    await ledger.move(lane, (await movesOf(ledger, 'spot')).slice(0, 1), 'gone', now);
    expect(await ledger.recordLaunched(intent, machines, now)).toBe('recorded');
    expect((await runners(ledger)).map(({ instanceId }) => instanceId)).toEqual(['i-2']);
    expect([...(await ledger.launchedBy(intent))].sort()).toEqual(['i-1', 'i-2']);
    await ledger.close(intent, 2, now);
    expect(await used(ledger)).toBe(1);
  },

  async 'a machine without a row is adopted once, above the limit if need be'() {
    const ledger = await make();
    expect(await ledger.adopt(machine('i-1', 'lost'), now)).toBe('adopted');
    expect(await ledger.adopt(machine('i-1', 'lost'), now)).toBe('known');
    expect(await used(ledger)).toBe(1);
    expect(await ledger.lanes()).toEqual([lane]);
    await ledger.move(lane, await movesOf(ledger, 'terminated'), 'gone', now);
    expect(await ledger.adopt(machine('i-1', 'lost'), now)).toBe('known');
    expect(await used(ledger)).toBe(0);
  },

  async 'a machine whose intent is open is not adopted: that is settled instead'() {
    const ledger = await make();
    await intended(ledger, 'a');
    expect(await ledger.adopt(machine('i-1', 'a'), now)).toBe('intent-open');
    expect(await used(ledger)).toBe(1);
  },

  async 'a machine that names no lane is refused by name'() {
    const ledger = await make();
    await expect(ledger.adopt(machine('i-1', 'a', { lane: 'nonsense' }), now)).rejects.toThrow(/i-1/);
  },

  async 'looks are written down and taken back, and never bring a runner back'() {
    const ledger = await make();
    await launched(ledger, 'a', 1);
    const [row] = (await runners(ledger)) as [RunnerRow];
    await ledger.noteLooks(lane, row, { missingAt: now });
    expect((await runners(ledger))[0]?.looks).toEqual({ missingAt: now });
    await ledger.noteLooks(lane, row, {});
    expect((await runners(ledger))[0]?.looks).toEqual({});
    await ledger.move(lane, [{ row, reason: 'terminated' }], 'gone', now);
    await ledger.noteLooks(lane, row, { missingAt: now });
    expect(await runners(ledger)).toEqual([]);
  },
});
