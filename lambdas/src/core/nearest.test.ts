import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nearestName } from './nearest.ts';

const labels = ['self-hosted', 'linux', 'x64', 'arm64'];

test.each([
  ['linx', 'linux'],
  ['liunx', 'linux'],
  ['Linux', 'linux'],
  ['self_hosted', 'self-hosted'],
  ['selfhosted', 'self-hosted'],
  ['x46', 'x64'],
  ['am64', 'arm64'],
])('%s was meant to be %s', (word, name) => {
  expect(nearestName(word, labels)).toBe(name);
});

test.each(['windows', 'gpu', '', 'z', 'ubuntu-latest'])('nothing is near %j', (word) => {
  expect(nearestName(word, labels)).toBeUndefined();
});

test('the first of equally near names wins', () => {
  expect(nearestName('abcd', ['abce', 'abcf'])).toBe('abce');
  expect(nearestName('abcf', ['abce', 'abcf'])).toBe('abcf');
});

test('a name is nearest to itself, with one letter lost too', () => {
  const word = fc.stringMatching(/^[a-z0-9]{3,40}$/);
  fc.assert(
    fc.property(word, fc.nat(), (name, place) => {
      const cut = place % name.length;
      expect(nearestName(name, [name])).toBe(name);
      if (name.length > 3) expect(nearestName(name.slice(0, cut) + name.slice(cut + 1), [name])).toBe(name);
    }),
  );
});

test('a very long word costs no more than a long one', () => {
  expect(nearestName('x'.repeat(1_000_000), labels)).toBeUndefined();
});
