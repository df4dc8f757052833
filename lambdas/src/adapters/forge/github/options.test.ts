import { describe, expect, test } from '@jest/globals';
import { testKey } from '../../../../tests/github/scripted-github.ts';
import { ConfigError } from '../../../core/errors.ts';
import { manualClock } from '../../clock/manual-clock.ts';
import { memoryLog } from '../../log/memory-log.ts';
import { githubForge } from './github-forge.ts';
import { type GithubForgeOptions, settingsOf } from './options.ts';

const options: GithubForgeOptions = {
  url: 'https://github.com/',
  apps: [{ id: 7, privateKey: testKey }],
  webhookSecrets: ['secret'],
  clock: manualClock(),
  log: memoryLog(),
};

const problemsOf = (changes: Partial<GithubForgeOptions>): readonly string[] => {
  try {
    githubForge({ ...options, ...changes });
    return [];
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.problems;
    throw thrown;
  }
};

describe('the options are checked once, when the forge is made', () => {
  test('good ones have no problem', () => {
    expect(problemsOf({})).toEqual([]);
    expect(githubForge({ ...options, apps: [...options.apps, { id: 8, privateKey: testKey }] }).apps).toEqual([
      'app-7',
      'app-8',
    ]);
  });

  test.each<[string, Partial<GithubForgeOptions>]>([
    ['url', { url: 'github.com' }],
    ['url', { url: 'ftp://github.com' }],
    ['webhookSecrets', { webhookSecrets: [] }],
    ['webhookSecrets[0]', { webhookSecrets: [''] }],
    ['webhookSecrets[1]', { webhookSecrets: ['secret', ''] }],
    ['apps', { apps: [] }],
    ['apps[0].id', { apps: [{ id: 0, privateKey: testKey }] }],
    ['apps[1].id', { apps: [...options.apps, ...options.apps] }],
    ['deliveryPagesLimit', { deliveryPagesLimit: 1 }],
    ['apps[0].privateKey', { apps: [{ id: 7, privateKey: 'MIIE-not-a-key' }] }],
  ])('a bad %s is named', (field, changes) => {
    expect(problemsOf(changes)).toEqual([expect.stringContaining(`${field} is`)]);
  });

  test('all problems are told at once, and no secret with them', () => {
    const key = testKey.slice(0, 200);
    const problems = problemsOf({ url: '', webhookSecrets: [], apps: [{ id: -1, privateKey: key }] });
    expect(problems).toHaveLength(4);
    expect(problems.join()).not.toContain(key.slice(40, 60));
  });

  test('a key whose newlines were escaped is read', () => {
    const escaped = testKey.replaceAll('\n', '\\n');
    expect(settingsOf({ ...options, apps: [{ id: 7, privateKey: escaped }] }).apps[0]?.key.type).toBe('private');
  });
});
