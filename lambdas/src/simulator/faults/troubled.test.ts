import { expect, test } from '@jest/globals';
import { troubled } from './troubled.ts';

const runner = { name: 'ci-i-1', instance: 'i-1', isBusy: true, sinceSeconds: 0, registeredSeconds: 0 };

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

test('two lies about one runner are told at once', () => {
  const idle = { ofListing: () => ({ busy: false }) };
  const offline = { ofListing: () => ({ busy: true, online: false }) };
  const truth = { ofListing: () => undefined };
  expect(troubled([idle, truth, offline], () => 0, 10).ofListing(runner)).toEqual({ busy: false, online: false });
  expect(troubled([truth, truth], () => 0, 10).ofListing(runner)).toBeUndefined();
});
