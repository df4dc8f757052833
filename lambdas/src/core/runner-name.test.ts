import { expect, test } from '@jest/globals';
import { instanceOfName, namesInstance, runnerName } from './runner-name.ts';

test('a runner and its machine are found from each other, also under a second name', () => {
  expect(runnerName('ci', 'i-0abc')).toBe('ci-i-0abc');
  expect(runnerName('ci', 'i-0abc', 'x7f2')).toBe('ci-i-0abc.x7f2');
  expect(instanceOfName('ci', 'ci-i-0abc')).toBe('i-0abc');
  expect(instanceOfName('ci', 'ci-i-0abc.x7f2')).toBe('i-0abc');
});

test.each(['build-server', 'ci-laptop', 'other-i-0abc', 'i-0abc', 'xci-i-0abc', 'ci-2-i-0abc', ''])(
  '%j is somebody else’s runner, and must never be taken for ours',
  (name) => {
    expect(instanceOfName('ci', name)).toBeUndefined();
  },
);

test('a name says which machine it runs on, and no machine whose id only begins alike', () => {
  for (const name of ['ci-i-0abc', 'ci-i-0abc.x7f2', 'other-i-0abc']) expect(namesInstance(name, 'i-0abc')).toBe(true);
  for (const name of ['ci-i-0abcd', 'ci-i-0ab', 'i-0abc', '']) expect(namesInstance(name, 'i-0abc')).toBe(false);
});
