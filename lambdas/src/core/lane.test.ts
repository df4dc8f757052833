import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Lane, laneKey, laneOf, type Scope } from './lane.ts';

test.each<[string, Lane]>([
  ['linux-x64/org:acme', { fleet: 'linux-x64', scope: 'org:acme' }],
  ['linux-x64/repo:acme/app', { fleet: 'linux-x64', scope: 'repo:acme/app' }],
  ['gpu/enterprise:acme', { fleet: 'gpu', scope: 'enterprise:acme' }],
  ['gpu/instance:', { fleet: 'gpu', scope: 'instance:' }],
])('%s names one lane, both ways', (key, lane) => {
  expect(laneOf(key)).toEqual(lane);
  expect(laneKey(lane)).toBe(key);
});

test.each(['', 'linux-x64', '/org:acme', 'linux-x64/acme', 'linux-x64/team:acme', 'a/b/org:acme', ' org:acme'])(
  '%j is no lane: a message or a tag that says so must not be taken for one',
  (key) => {
    expect(laneOf(key)).toBeUndefined();
  },
);

test('no two lanes share a key', () => {
  const fleet = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
  const kind = fc.constantFrom('org', 'repo', 'enterprise', 'instance');
  const owner = fc.stringMatching(/^[a-z0-9./:_-]{0,20}$/);
  fc.assert(
    fc.property(fleet, kind, owner, (name, kindName, rest) => {
      const lane: Lane = { fleet: name, scope: `${kindName}:${rest}` as Scope };
      expect(laneOf(laneKey(lane))).toEqual(lane);
    }),
  );
});
