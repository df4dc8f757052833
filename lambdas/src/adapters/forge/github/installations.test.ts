import { describe, expect, test } from '@jest/globals';
import { all } from '../../../../tests/contracts/forge-subject.ts';
import { type Script, scriptedGithub, testSpec as spec, testKey } from '../../../../tests/github/scripted-github.ts';
import { DeniedError } from '../../../core/errors.ts';

const jit = 'POST /orgs/acme/actions/runners/generate-jitconfig';
const list = 'GET /orgs/acme/actions/runners';
const refusal =
  (status: number, message = 'Refused') =>
  () => ({ status, body: { message } });
const made = () => ({ status: 201, body: { runner: { id: 5, name: 'one' }, encoded_jit_config: 'c2VjcmV0' } });

describe('an installation that is gone', () => {
  const tokenGone: Script = { 'POST /app/installations/70/access_tokens': refusal(404, 'Not Found') };

  test('is never read as a job or a runner that is gone', async () => {
    const { forge } = scriptedGithub(tokenGone);
    await expect(forge.getJob({ repo: 'acme/app', id: '1', attempt: 1 })).rejects.toThrow(DeniedError);
    await expect(forge.removeRunner('org:acme', { id: '5', name: 'one' })).rejects.toThrow(DeniedError);
  });

  test('is looked for again after a refusal', async () => {
    const { forge, requests } = scriptedGithub(tokenGone);
    for (let i = 0; i < 2; i++) await expect(forge.createRunner(spec)).rejects.toThrow('no longer installed');
    expect(requests.filter(({ path }) => path === '/orgs/acme/installation')).toHaveLength(2);
  });

  test('or was never there, is told with what to do', async () => {
    const { forge } = scriptedGithub({ 'GET /orgs/acme/installation': refusal(404) });
    await expect(forge.createRunner(spec)).rejects.toThrow('app-7 may not act for acme: install the App there');
  });
});

describe('several Apps', () => {
  const apps = [7, 8, 9].map((id) => ({ id, privateKey: testKey }));
  const appOf = (headers: Headers): number =>
    JSON.parse(Buffer.from(headers.get('authorization')?.split('.')[1] ?? '', 'base64url').toString()).iss;
  const script: Script = {
    [jit]: made,
    [list]: () => ({ body: { total_count: 0, runners: [] } }),
    'GET /orgs/acme/installation': ({ headers }) =>
      appOf(headers) === 8 ? refusal(404)() : { body: { id: appOf(headers) * 10 } },
  };

  test('share the reads where they are installed, and keep what they looked up', async () => {
    const { forge, requests } = scriptedGithub(script, { apps });
    for (let i = 0; i < 6; i++) await all(forge.listRunners('org:acme'));
    const tokensOf = requests.filter(({ method }) => method === 'POST').map(({ path }) => path);
    expect(tokensOf.sort()).toEqual(['/app/installations/70/access_tokens', '/app/installations/90/access_tokens']);
    expect(requests.filter(({ path }) => path === '/orgs/acme/installation')).toHaveLength(3);
  });

  test('are named by who wants a runner', async () => {
    const { forge, requests } = scriptedGithub(script, { apps });
    expect(forge.apps).toEqual(['app-7', 'app-8', 'app-9']);
    await forge.createRunner({ ...spec, app: 'app-9' });
    expect(requests.map(({ path }) => path)).toContain('/app/installations/90/access_tokens');
    await expect(forge.createRunner({ ...spec, app: 'app-8' })).rejects.toThrow('app-8 may not act for acme');
    await expect(forge.createRunner({ ...spec, app: 'app-1' })).rejects.toThrow('There is no App app-1');
  });
});
