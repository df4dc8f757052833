import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { all } from '../../../../tests/contracts/forge-subject.ts';
import { failure, fakeTimers, realTimers, secondsUntil } from '../../../../tests/github/hurried-timers.ts';
import { type Script, scriptedGithub, testSpec as spec, testToken } from '../../../../tests/github/scripted-github.ts';
import { DeniedError } from '../../../core/errors.ts';

const list = 'GET /orgs/acme/actions/runners';
const jit = 'POST /orgs/acme/actions/runners/generate-jitconfig';

beforeEach(fakeTimers);
afterEach(realTimers);

describe('no secret stands in what is thrown or logged', () => {
  const echo: Script[string] = ({ headers }) => ({
    status: 400,
    body: { message: `cannot read ${headers.get('authorization')} ${testToken}` },
  });
  const answers: Readonly<Record<string, Script[string]>> = {
    'an echo as JSON': echo,
    'an echo as a page': ({ headers }) => ({ status: 500, body: `<html>${headers.get('authorization')}</html>` }),
    'a denial': () => ({ status: 401, body: { message: 'Bad credentials' } }),
    'a limit': ({ headers }) => ({
      status: 403,
      headers: { 'retry-after': '900', 'x-echo': `${headers.get('authorization')}` },
      body: { message: 'You have exceeded a secondary rate limit.' },
    }),
    'a grant that cannot be read': () => ({ status: 201, body: { runner: {}, encoded_jit_config: testToken } }),
    'a broken connection': ({ headers }) => {
      throw new TypeError('fetch failed', { cause: new Error(`bad header ${headers.get('authorization')}`) });
    },
  };

  test.each(Object.keys(answers))('by %s', async (name) => {
    const answer = answers[name] ?? echo;
    const github = scriptedGithub({ [jit]: answer, [list]: answer, 'GET /app/installations': answer });
    const calls = [
      github.forge.createRunner(spec),
      all(github.forge.listRunners('org:acme')),
      all(github.forge.repositories()),
    ].map(failure);
    await secondsUntil(Promise.all(calls));
    for (const thrown of await Promise.all(calls)) {
      expect(thrown).toBeInstanceOf(Error);
      const shown = `${inspect(thrown, { depth: 20, showHidden: true })} ${JSON.stringify(github.log.lines)}`;
      expect(shown).not.toContain(testToken);
      expect(shown).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);
      expect(shown).not.toContain('PRIVATE KEY');
    }
  });

  test('and a denial says so', async () => {
    const github = scriptedGithub({ [jit]: () => ({ status: 403, body: { message: 'Resource not accessible' } }) });
    const thrown = failure(github.forge.createRunner(spec));
    await secondsUntil(thrown);
    expect(await thrown).toBeInstanceOf(DeniedError);
    expect(await thrown).toHaveProperty('message', expect.stringContaining('Resource not accessible'));
  });
});
