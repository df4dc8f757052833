import { describe, expect, test } from '@jest/globals';
import {
  BadSignatureError,
  BusyError,
  CapacityError,
  ConfigError,
  DeniedError,
  MalformedError,
  messageOf,
  NameTakenError,
  NotFoundError,
  ThrottledError,
} from './errors.ts';

const sorted = [
  BadSignatureError,
  BusyError,
  CapacityError,
  DeniedError,
  MalformedError,
  NameTakenError,
  NotFoundError,
  ThrottledError,
] as const;

describe.each(sorted.map((kind) => [kind.name, kind] as const))('%s', (name, Kind) => {
  test('keeps its name, its words and what it was made of, so that a log line says which kind it was', () => {
    const cause = new Error('socket hang up');
    const error = new Kind('The forge said no.', { cause });
    expect(error).toMatchObject({ name, message: 'The forge said no.', cause });
    expect(error).toBeInstanceOf(Error);
  });

  test('is no other kind: what is done about each differs', () => {
    for (const Other of sorted) expect(new Kind('x') instanceof Other).toBe(Other === Kind);
  });
});

test('a throttle carries the time that the other side named, if it named one', () => {
  expect(new ThrottledError('Later.', { retryAt: 5_000 }).retryAt).toBe(5_000);
  expect(new ThrottledError('Later.').retryAt).toBeUndefined();
});

test('a bad configuration names every bad field at once, so that nobody mends them one apply at a time', () => {
  const error = new ConfigError(['fleets[0].labels: write at least one.', 'prefix: write a name.']);
  expect(error.problems).toHaveLength(2);
  expect(error.message).toBe(
    'The configuration has 2 problem(s):\n  - fleets[0].labels: write at least one.\n  - prefix: write a name.',
  );
});

test('whatever was thrown has words', () => {
  expect(messageOf(new Error('no'))).toBe('no');
  expect(messageOf('no')).toBe('no');
  expect(messageOf(undefined)).toBe('undefined');
});
