import { describe, expect, test } from '@jest/globals';
import type { World } from '../../functions/world.ts';
import { chance } from '../engine/chance.ts';
import { virtualTime } from '../engine/virtual-time.ts';
import type { Fact } from '../facts.ts';
import { lambdas } from './lambdas.ts';
import type { Death } from './troubles.ts';
import { wire } from './wire.ts';

/** Environments whose world is one call, which writes down that it was made. */
function start(death?: Death) {
  const time = virtualTime(0);
  const facts: Fact[] = [];
  const effects: string[] = [];
  let bound = 0;
  const over = wire({ time, chance: chance(2), trouble: () => undefined, isSlowBothWays: true });
  const functions = lambdas({
    time,
    chance: chance(1),
    tell: (fact) => void facts.push(fact),
    bind: (caller) => {
      bound += 1;
      const get = (name: string) =>
        over.call({ service: 'dynamodb', action: 'get', caller }, () => void effects.push(name));
      return { get } as unknown as World;
    },
    coldStart: () => time.sleep(0.1),
    deathOf: () => death,
  });
  type Get = (name: string) => Promise<void>;
  const invoke = (work: (get: Get) => Promise<string>): Promise<string | undefined> =>
    functions.invoke('sweep', (world) => work((world as unknown as { readonly get: Get }).get));
  const pass = (seconds: number): Promise<void> => time.run(time.now() + seconds * 1000);
  const outcomes = () => facts.flatMap((fact) => (fact.kind === 'invocation' ? [fact.outcome] : []));
  return { invoke, pass, effects, outcomes, bound: () => bound };
}

const threeCalls = async (get: (name: string) => Promise<void>): Promise<string> => {
  for (const name of ['one', 'two', 'three']) await get(name);
  return 'done';
};

describe('an invocation', () => {
  test('answers, and its environment is used again', async () => {
    const { invoke, pass, bound, outcomes } = start();
    const first = invoke(threeCalls);
    await pass(5);
    const second = invoke(threeCalls);
    await pass(5);
    expect([await first, await second]).toEqual(['done', 'done']);
    expect(bound()).toBe(1);
    expect(outcomes()).toEqual(['done', 'done']);
  });

  test('beside another one has an environment of its own', async () => {
    const { invoke, pass, bound } = start();
    void invoke(threeCalls);
    void invoke(threeCalls);
    await pass(5);
    expect(bound()).toBe(2);
  });

  test('that dies before a call made what came before it, and nothing after', async () => {
    const { invoke, pass, effects, outcomes } = start({ atCall: 2, when: 'before' });
    const answer = invoke(threeCalls);
    await pass(200);
    expect(await answer).toBeUndefined();
    expect(effects).toEqual(['one']);
    expect(outcomes()).toEqual(['died']);
  });

  test('that dies after a call has had its effect', async () => {
    const { invoke, pass, effects } = start({ atCall: 2, when: 'after' });
    void invoke(threeCalls);
    await pass(200);
    expect(effects).toEqual(['one', 'two']);
  });

  test('that died leaves no environment behind', async () => {
    const { invoke, pass, bound } = start({ atCall: 1, when: 'before' });
    void invoke(threeCalls);
    await pass(5);
    void invoke(threeCalls);
    await pass(5);
    expect(bound()).toBe(2);
  });

  test('that hangs is ended by its time limit', async () => {
    const { invoke, pass, outcomes } = start();
    const answer = invoke(() => new Promise(() => {}));
    await pass(119);
    expect(outcomes()).toEqual([]);
    await pass(2);
    expect(await answer).toBeUndefined();
    expect(outcomes()).toEqual(['timed-out']);
  });

  test('that throws has failed, with a reason', async () => {
    const { invoke, pass, outcomes } = start();
    const answer = invoke(() => Promise.reject(new Error('no table')));
    await pass(5);
    expect(await answer).toBeUndefined();
    expect(outcomes()).toEqual(['failed']);
  });
});
