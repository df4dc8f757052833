import { describe, expect, test } from '@jest/globals';
import { type Script, scriptedGithub, testSpec as spec, startAt } from '../../../../tests/github/scripted-github.ts';
import { ConfigError, DeniedError, NameTakenError } from '../../../core/errors.ts';
import { GithubError } from './translate-error.ts';

const jit = 'POST /orgs/acme/actions/runners/generate-jitconfig';
const groups = 'GET /orgs/acme/actions/runner-groups';
const refusal =
  (status: number, message = 'Refused') =>
  () => ({ status, body: { message } });
const made = () => ({ status: 201, body: { runner: { id: 5, name: 'one' }, encoded_jit_config: 'c2VjcmV0' } });

describe('a single-use runner', () => {
  test('takes one call, and its secret stands in the environment alone', async () => {
    const { forge, asked, requests } = scriptedGithub({ [jit]: made });
    expect(await forge.createRunner(spec)).toEqual({
      registration: { id: '5', name: 'one' },
      singleUse: true,
      boot: { argv: [], env: { ACTIONS_RUNNER_INPUT_JITCONFIG: 'c2VjcmV0' } },
    });
    expect(asked).toEqual([jit]);
    const body = { name: 'one', runner_group_id: 1, labels: ['linux'], work_folder: '_work' };
    expect(requests.at(-1)?.body).toEqual(body);
  });

  test.each([
    ['repo:acme/app', '/repos/acme/app'],
    ['enterprise:acme', '/enterprises/acme'],
  ] as const)('of %s is made there', async (scope, path) => {
    const { forge } = scriptedGithub({ [`POST ${path}/actions/runners/generate-jitconfig`]: made });
    expect((await forge.createRunner({ ...spec, scope })).registration.id).toBe('5');
  });

  test.each([
    [409, 'Already exists', NameTakenError],
    [422, 'A runner with this name already exists', NameTakenError],
    [422, 'Invalid label', GithubError],
    [403, 'Resource not accessible by integration', DeniedError],
    [404, 'Not Found', DeniedError],
    [502, 'Server Error', GithubError],
  ])('that is refused with %s %s is that error, and is not asked for twice', async (status, message, kind) => {
    const { forge, asked } = scriptedGithub({ [jit]: refusal(status, message) });
    await expect(forge.createRunner(spec)).rejects.toThrow(kind);
    expect(asked).toEqual([jit]);
  });

  test.each(['instance:', 'org:../acme', 'repo:acme'] as const)('of the scope %s is refused', async (scope) => {
    await expect(scriptedGithub({}).forge.createRunner({ ...spec, scope })).rejects.toThrow(/scope|owner\/name/);
  });
});

describe('a runner group', () => {
  const script: Script = {
    [jit]: made,
    [groups]: ({ query }) =>
      query.page === '2'
        ? { body: { runner_groups: [{ id: 9, name: 'GPU' }] } }
        : {
            body: { runner_groups: [{ id: 1, name: 'Default' }] },
            headers: { link: '<https://elsewhere.example/groups?page=2>; rel="next"' },
          },
  };

  test('is looked up by name on all pages, once for many runners', async () => {
    const { forge, asked, requests } = scriptedGithub(script);
    await Promise.all(['one', 'two'].map((name) => forge.createRunner({ ...spec, name, runnerGroup: 'gpu' })));
    await forge.createRunner({ ...spec, runnerGroup: 'GPU' });
    expect(requests.at(-1)?.body).toMatchObject({ runner_group_id: 9 });
    expect(asked.filter((route) => route === groups)).toHaveLength(2);
  });

  test('that is not there is named, with what to do', async () => {
    const { forge } = scriptedGithub(script);
    const failure = forge.createRunner({ ...spec, runnerGroup: 'ARM' });
    await expect(failure).rejects.toThrow(ConfigError);
    await expect(failure).rejects.toThrow('runnerGroup "ARM" is not in acme: create it there');
  });

  test('that went since it was looked up is looked up again', async () => {
    const { forge, asked } = scriptedGithub({ ...script, [jit]: refusal(404) });
    for (let i = 0; i < 2; i++)
      await expect(forge.createRunner({ ...spec, runnerGroup: 'GPU' })).rejects.toThrow('"GPU"');
    expect(asked.filter((route) => route === groups)).toHaveLength(4);
  });

  test('other than Default is none of a repository', async () => {
    const { forge } = scriptedGithub({});
    await expect(forge.createRunner({ ...spec, scope: 'repo:acme/app', runnerGroup: 'GPU' })).rejects.toThrow(
      ConfigError,
    );
  });
});

describe('a runner for many jobs', () => {
  const route = 'POST /orgs/acme/actions/runners/registration-token';
  const token = () => ({
    status: 201,
    body: { token: 'AREGISTRATIONTOKEN', expires_at: new Date(startAt + 3_600_000).toISOString() },
  });

  test('is told how to register itself, and shares its token with others', async () => {
    const { forge, asked, clock } = scriptedGithub({ [route]: token });
    const grant = await forge.createRunner({ ...spec, ephemeral: false });
    expect(grant).toEqual({
      registration: { id: '', name: 'one' },
      singleUse: false,
      expiresAt: startAt + 3_600_000,
      boot: {
        argv: [],
        env: {
          ACTIONS_RUNNER_INPUT_UNATTENDED: 'true',
          ACTIONS_RUNNER_INPUT_URL: 'https://ghe.example.com/acme',
          ACTIONS_RUNNER_INPUT_TOKEN: 'AREGISTRATIONTOKEN',
          ACTIONS_RUNNER_INPUT_NAME: 'one',
          ACTIONS_RUNNER_INPUT_LABELS: 'linux',
          ACTIONS_RUNNER_INPUT_RUNNERGROUP: 'Default',
        },
      },
    });
    await forge.createRunner({ ...spec, name: 'two', ephemeral: false });
    expect(asked).toEqual([route]);
    await clock.sleep(2800);
    await forge.createRunner({ ...spec, name: 'three', ephemeral: false });
    expect(asked).toEqual([route, route]);
  });
});
