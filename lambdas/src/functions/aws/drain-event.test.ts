import { expect, test } from '@jest/globals';
import { MalformedError } from '../../core/errors.ts';
import { drainCallOf } from './drain-event.ts';

const input = { fleet: 'linux-x64', force: false, limitMinutes: 14 };

test.each(['create', 'update'])('a fleet that Terraform has to %s is wanted', (action) => {
  expect(drainCallOf({ ...input, tf: { action } })).toEqual({ kind: 'keep', fleet: 'linux-x64' });
});

test('one that it deletes is drained', () => {
  const event = { ...input, force: true, tf: { action: 'delete', prev_input: input } };
  expect(drainCallOf(event)).toEqual({ kind: 'drain', fleet: 'linux-x64', force: true, limitSeconds: 840 });
});

test.each([undefined, null, {}, { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }])(
  '%j is not of Terraform',
  (event) => {
    expect(drainCallOf(event)).toBeUndefined();
  },
);

test.each<[unknown, string]>([
  [{ ...input, fleet: '', tf: { action: 'delete' } }, 'named no fleet'],
  [{ ...input, tf: {} }, 'asked for undefined'],
  [{ ...input, tf: { action: 'read' } }, 'asked for "read"'],
  [{ fleet: 'linux-x64', tf: { action: 'delete' } }, 'named no limit'],
  [{ ...input, limitMinutes: -1, tf: { action: 'delete' } }, 'named no limit'],
])('%j is refused with a sentence', (event, sentence) => {
  expect(() => drainCallOf(event)).toThrow(MalformedError);
  expect(() => drainCallOf(event)).toThrow(sentence);
});
