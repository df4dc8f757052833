import { expect, test } from '@jest/globals';
import { ConfigError } from './errors.ts';
import { joinDocuments } from './join-documents.ts';

const joined = (values: Readonly<Record<string, string>>): unknown =>
  joinDocuments(Object.keys(values), new Map(Object.entries(values)));

test('fleets stand beside their deployment, each under its name', () => {
  const written = {
    '/ci/config/deployment': '{"prefix":"ci"}',
    '/ci/config/fleets/linux': '{"labels":["a"]}',
    '/ci/config/fleets/arm': '{"labels":["b"]}',
    '/ci/app-key': 'no JSON at all',
  };
  expect(joined(written)).toEqual({ prefix: 'ci', fleets: { linux: { labels: ['a'] }, arm: { labels: ['b'] } } });
});

test('a text in pieces is joined by their numbers, whatever their order', () => {
  const text = JSON.stringify({
    prefix: 'ci',
    fleets: Object.fromEntries(Array.from({ length: 9 }, (_, n) => [n, {}])),
  });
  const size = Math.ceil(text.length / 11);
  const pieces = Array.from({ length: 11 }, (_, n) => [
    `/ci/webhook/matchers-${n}`,
    text.slice(n * size, (n + 1) * size),
  ]);
  // 10 before 2, as a list of names sorts.
  const [first = [], ...others] = pieces;
  const names = [first, ...others.sort()];
  expect(joined({ ...Object.fromEntries(names), '/ci/webhook-secret': 'x' })).toEqual(JSON.parse(text));
});

test.each([
  ['no name', {}, 'CONFIG_PARAMETERS is empty'],
  ['no JSON', { '/ci/config/deployment': 'hunter2' }, '/ci/config/deployment holds no JSON'],
  [
    'a fleet of no JSON',
    { '/ci/config/deployment': '{}', '/ci/config/fleets/a': '{"hunter2' },
    '/ci/config/fleets/a holds',
  ],
])('%s is refused, and what stands there is not told', (_, values, sentence) => {
  const refusal = refusalOf(() => joined(values as Readonly<Record<string, string>>));
  expect(refusal.problems).toEqual([expect.stringContaining(sentence)]);
  expect(refusal.message).not.toContain('hunter2');
});

function refusalOf(work: () => unknown): ConfigError {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown;
  }
  throw new Error('Nothing was refused.');
}
