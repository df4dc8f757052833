import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { grant, lane, lease, machine } from '../../../tests/contracts/hosts-subject.ts';
import type { GrantState } from '../../core/runner.ts';
import type { Hosts, OwnHost } from '../../ports/hosts.ts';
import { memoryHosts } from './memory-hosts.ts';

/** Where a grant may go from each state, in one step. */
const ways: Readonly<Record<GrantState, readonly GrantState[]>> = {
  none: ['given', 'void'],
  given: ['taken', 'void'],
  taken: [],
  void: [],
};

type Act = (hosts: Hosts, own: OwnHost) => Promise<unknown>;

const acts: Readonly<Record<string, Act>> = {
  open: (hosts) => hosts.open(lane, [machine('i-1')]),
  reserve: (hosts) => hosts.reserve(lane, 'i-1', 1_000, 2_000),
  give: (hosts) => hosts.give(lane, 'i-1', grant('a')),
  void: (hosts) => hosts.void(lane, 'i-1'),
  ask: (hosts) => hosts.ask(lane, 'i-1', 'leave'),
  take: (_hosts, own) => own.takeGrant(),
  renew: (_hosts, own) => own.renew(lease),
};

test('a grant only moves forward, is taken at most once, and leaves no secret behind', async () => {
  const run = async (names: readonly string[]): Promise<void> => {
    const hosts = memoryHosts();
    const own = hosts.ownHost('i-1');
    await hosts.open(lane, [machine('i-1')]);
    let state: GrantState = 'none';
    let taken = 0;
    for (const name of names) {
      const answer = await acts[name]?.(hosts, own);
      if (name === 'take' && answer !== null) taken++;
      const now = (await hosts.read(lane, ['i-1'])).get('i-1')?.grantState ?? 'none';
      if (now !== state) expect(ways[state]).toContain(now);
      state = now;
      expect(JSON.stringify(hosts.records()).includes('secret-of-a')).toBe(state === 'given');
    }
    expect(taken).toBe(state === 'taken' ? 1 : 0);
  };
  await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom(...Object.keys(acts)), { maxLength: 12 }), run), {
    numRuns: 300,
  });
});
