import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fleet } from '../../tests/fleet.ts';
import { type Applicant, explainMatch, fleetFor, hostedByForge, laneFor, selfHosted } from './match.ts';

const job = (labels: readonly string[], more: Partial<Applicant> = {}): Applicant => ({
  labels,
  ref: { repo: 'Acme/App', id: '1', attempt: 1 },
  owner: 'Acme',
  ...more,
});

const linux = fleet({ name: 'linux', labels: ['self-hosted', 'Linux', 'x64'] });
const gpu = fleet({ name: 'gpu', labels: ['self-hosted', 'linux', 'x64', 'gpu'] });
const arm = fleet({ name: 'arm', labels: ['self-hosted', 'linux', 'arm64'] });
const fleets = [linux, gpu, arm];

describe('a job goes to', () => {
  test.each<[readonly string[], string | undefined]>([
    [['self-hosted'], 'linux'],
    [['SELF-HOSTED', 'linux', 'X64'], 'linux'],
    [['x64', 'self-hosted'], 'linux'],
    [['self-hosted', 'self-hosted'], 'linux'],
    [['gpu'], 'gpu'],
    [['self-hosted', 'arm64'], 'arm'],
    [['self-hosted', 'arm64', 'gpu'], undefined],
    [['ubuntu-latest'], undefined],
    [['self-hosted', ''], undefined],
    [[], undefined],
  ])('%j: %s', (labels, name) => {
    expect(fleetFor(job(labels), fleets)?.name).toBe(name);
  });

  test.each<[string, readonly string[], boolean]>([
    ['no owner named', [], true],
    ['its owner, in another case', ['ACME'], true],
    ['its repository', ['other', 'acme/app'], true],
    ['another repository of its owner', ['acme/lib'], false],
    ['another owner', ['acmeone'], false],
  ])('a fleet that serves %s', (_, owners, served) => {
    expect(fleetFor(job(['x64']), [fleet({ ...linux, owners })]) !== undefined).toBe(served);
  });

  test('the next fleet, where the first does not serve its owner', () => {
    const theirs = fleet({ ...linux, name: 'theirs', owners: ['other'] });
    expect(fleetFor(job(['x64']), [theirs, linux])?.name).toBe('linux');
  });

  test('an enterprise fleet only if the forge named its enterprise', () => {
    const wide = fleet({ ...linux, scope: 'enterprise', owners: ['Big-Co'] });
    expect(fleetFor(job(['x64']), [wide])).toBeUndefined();
    expect(fleetFor(job(['x64'], { enterprise: 'big-co' }), [wide])).toBe(wide);
    expect(fleetFor(job(['x64'], { enterprise: 'small-co' }), [wide])).toBeUndefined();
  });

  test('a fleet that can always run it, whatever the labels', () => {
    const label = fc.constantFrom('self-hosted', 'Self-Hosted', 'linux', 'LINUX', 'x64', 'arm64', 'gpu', 'other', '');
    const labelLists = fc.array(label, { maxLength: 5 });
    fc.assert(
      fc.property(labelLists, fc.array(labelLists, { maxLength: 4 }), (labels, lists) => {
        const some = lists.map((list, place) => fleet({ name: `f${place}`, labels: list }));
        const routed = fleetFor(job(labels), some);
        const fits = some.filter((each) => {
          const offered = each.labels.map((name) => name.toLowerCase());
          return labels.length > 0 && labels.every((name) => offered.includes(name.toLowerCase()));
        });
        expect(routed).toBe(fits[0]);
        expect(explainMatch(labels, some).fleet).toBe(routed?.name);
      }),
    );
  });
});

describe('the lane of a job', () => {
  test('is one for an owner however it is written', () => {
    expect(laneFor(linux, job([]))).toEqual({ fleet: 'linux', scope: 'org:acme' });
    expect(laneFor(linux, job([], { owner: 'ACME' }))).toEqual({ fleet: 'linux', scope: 'org:acme' });
  });

  test('follows the scope of the fleet', () => {
    expect(laneFor(fleet({ ...linux, scope: 'repo' }), job([]))?.scope).toBe('repo:acme/app');
    const wide = fleet({ ...linux, scope: 'enterprise' });
    expect(laneFor(wide, job([], { enterprise: 'Big-Co' }))?.scope).toBe('enterprise:big-co');
    expect(laneFor(wide, job([]))).toBeUndefined();
  });

  test('is none where the forge has no owners and the fleet needs one', () => {
    const { owner: _, ...ownerless } = job(['x64']);
    expect(laneFor(linux, ownerless)).toBeUndefined();
    expect(fleetFor(ownerless, [linux])).toBeUndefined();
  });
});

describe('the explanation', () => {
  test('names the fleet that runs the labels', () => {
    expect(explainMatch(['gpu'], fleets)).toEqual({ fleet: 'gpu', reason: 'Fleet gpu has every label of: gpu.' });
  });

  test('names the nearest fleet and what it lacks', () => {
    const { reason, nearest } = explainMatch(['self-hosted', 'linux', 'arm64', 'huge'], fleets);
    expect(nearest).toEqual({ fleet: 'arm', missing: ['huge'], meant: [] });
    expect(reason).toBe('No fleet has every label of: self-hosted, linux, arm64, huge. The nearest, arm, lacks huge.');
  });

  test('suggests the label that was meant, and takes its fleet for the nearest', () => {
    const { reason, nearest } = explainMatch(['self-hosted', 'amr64'], fleets);
    expect(nearest).toEqual({ fleet: 'arm', missing: ['amr64'], meant: [{ label: 'amr64', instead: 'arm64' }] });
    expect(reason).toMatch(/Did you mean arm64 instead of amr64\?$/);
  });

  test('names no fleet where none shares a label', () => {
    expect(explainMatch(['ubuntu-latest'], fleets)).toEqual({ reason: 'No fleet has a label of: ubuntu-latest.' });
    expect(explainMatch([], fleets).reason).toMatch(/no labels/);
  });

  test('says that the fleet does not serve the owner, or registers elsewhere', () => {
    const theirs = fleet({ ...linux, owners: ['other'] });
    expect(explainMatch(['x64'], [theirs], job([])).reason).toBe(
      'Fleet linux has every label, but serves other and not Acme/App.',
    );
    const wide = fleet({ ...linux, scope: 'enterprise' });
    expect(explainMatch(['x64'], [wide], job([])).reason).toMatch(/registers per enterprise/);
    expect(explainMatch(['x64'], [linux], job([])).fleet).toBe('linux');
  });
});

test.each<[readonly string[], boolean]>([
  [['self-hosted', 'windows'], true],
  [['Self-Hosted'], true],
  [['GPU', 'huge'], true],
  [['ubuntu-latest'], false],
  [['windows-2022', 'large'], false],
  [[], false],
])('%j is kept where it matches nothing: %s', (labels, kept) => {
  expect(selfHosted(labels, fleets)).toBe(kept);
  expect(hostedByForge(labels, fleets)).toBe(!kept);
});
