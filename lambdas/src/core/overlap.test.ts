import { expect, test } from '@jest/globals';
import { fleet } from '../../tests/fleet.ts';
import type { FleetConfig } from './config.ts';
import { overlapSentence, overlaps } from './overlap.ts';

const small = fleet({ name: 'small', labels: ['self-hosted', 'linux'] });
const gpu = fleet({ name: 'gpu', labels: ['Self-Hosted', 'LINUX', 'gpu'] });

test('fleets of which neither has all labels of the other do not overlap', () => {
  expect(overlaps([small, fleet({ name: 'mac', labels: ['self-hosted', 'macos'] })])).toEqual([]);
});

test('a fleet whose labels an earlier one has gets no job', () => {
  const found = overlaps([gpu, small]);
  expect(found).toEqual([{ kind: 'shadowed', earlier: 'gpu', later: 'small' }]);
  expect(found.map(overlapSentence).join()).toMatch(/^Jobs for fleet small go to gpu/);
});

test('a later fleet with more labels may take what was routed to the earlier', () => {
  const found = overlaps([small, gpu]);
  expect(found).toEqual([{ kind: 'shared', earlier: 'small', later: 'gpu' }]);
  expect(found.map(overlapSentence).join()).toMatch(/^Runners of fleet gpu may take jobs that are meant for small/);
});

test.each<[string, Partial<FleetConfig>, Partial<FleetConfig>, string | undefined]>([
  ['other owners', { owners: ['one'] }, { owners: ['two'] }, undefined],
  ['a repository of the owner', { owners: ['One'] }, { owners: ['one/app'] }, 'shared'],
  ['two repositories, registered with their organization', { owners: ['o/a'] }, { owners: ['o/b'] }, 'shared'],
  ['two repositories, each with its own', { owners: ['o/a'] }, { owners: ['o/b'], scope: 'repo' }, undefined],
  ['an enterprise and an owner', { owners: ['one'] }, { owners: ['big'], scope: 'enterprise' }, 'shared'],
])('runners of %s', (_, earlier, later, kind) => {
  expect(overlaps([fleet({ ...small, ...earlier }), fleet({ ...gpu, ...later })])[0]?.kind).toBe(kind);
});

test('an enterprise shadows an owner', () => {
  const wide = fleet({ ...gpu, scope: 'enterprise', owners: ['big'] });
  expect(overlaps([wide, fleet({ ...small, owners: ['one'] })])[0]?.kind).toBe('shadowed');
});
