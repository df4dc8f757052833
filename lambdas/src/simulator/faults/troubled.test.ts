import { expect, test } from '@jest/globals';
import { troubled } from './troubled.ts';

test('the first fault that has something to say is heard, as long as faults may act', () => {
  let now = 0;
  const silent = { ofQueue: () => undefined };
  const doubles = { ofQueue: () => 'duplicate' as const };
  const trouble = troubled([{}, silent, doubles], () => now, 10);
  expect(trouble.ofQueue()).toBe('duplicate');
  expect(trouble.ofControlPlane()).toBeUndefined();
  now = 10;
  expect(trouble.ofQueue()).toBeUndefined();
});
