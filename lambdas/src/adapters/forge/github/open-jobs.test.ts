import { describe, expect, test } from '@jest/globals';
import { all } from '../../../../tests/contracts/forge-subject.ts';
import { type Script, scriptedGithub } from '../../../../tests/github/scripted-github.ts';
import { DeniedError, MalformedError } from '../../../core/errors.ts';

const runs = 'GET /repos/Acme/App/actions/runs';
const jobsOf = (run: number): string => `${runs}/${run}/jobs`;
const job = (id: number, status: string, changes: object = {}) => ({
  ...{ id, run_attempt: 1, status, labels: ['linux'], runner_name: null, created_at: '2026-09-01T10:00:00Z' },
  ...changes,
});
const next = (page: number) => ({ link: `<https://ghe.example.com/x?page=${page}>; rel="next"` });

describe('open jobs', () => {
  const byStatus: Readonly<Record<string, readonly number[]>> = { waiting: [3], queued: [1], in_progress: [2, 1] };
  const script: Script = {
    [runs]: ({ query }) => ({ body: { workflow_runs: byStatus[query.status ?? '']?.map((id) => ({ id })) ?? [] } }),
    [jobsOf(1)]: ({ query }) =>
      query.page === '2'
        ? { body: { jobs: [job(12, 'in_progress', { runner_name: 'one' })] } }
        : { body: { jobs: [job(10, 'queued', { runner_name: 'left-over' }), job(11, 'completed')] }, headers: next(2) },
    [jobsOf(2)]: () => ({ body: { jobs: [job(20, 'completed')] } }),
    [jobsOf(3)]: () => ({ body: { jobs: [job(30, 'waiting'), job(31, 'pending')] } }),
  };

  test('are those of all waiting, queued and running runs, on all pages, each once', async () => {
    const { forge, requests } = scriptedGithub(script);
    const open = await all(forge.openJobs('Acme/App'));
    expect(open.map(({ ref, state, runnerName }) => [ref.id, state, runnerName])).toEqual([
      ['30', 'blocked', undefined],
      ['31', 'blocked', undefined],
      ['10', 'queued', undefined],
      ['12', 'running', 'one'],
    ]);
    expect(open[2]).toMatchObject({ key: 'github/acme/app/10', ref: { repo: 'Acme/App' }, owner: 'Acme' });
    const asked = requests.filter(({ path }) => path.endsWith('/jobs'));
    expect(asked.every(({ query }) => query.filter === 'latest' && query.per_page === '100')).toBe(true);
  });

  test.each([[{}], [{ jobs: null }], [{ jobs: [job(1, 'teleported')] }]])('that read %j are an error', async (body) => {
    const { forge } = scriptedGithub({ ...script, [jobsOf(3)]: () => ({ body }) });
    await expect(all(forge.openJobs('Acme/App'))).rejects.toThrow(MalformedError);
  });

  test('of something that is no repository are refused', async () => {
    await expect(all(scriptedGithub(script).forge.openJobs('Acme'))).rejects.toThrow('owner/name');
  });
});

describe('one job', () => {
  const ref = { repo: 'Acme/App', id: '10', attempt: 1 };
  const route = 'GET /repos/Acme/App/actions/jobs/10';

  test('is null only where GitHub does not know it', async () => {
    const read = (script: Script) => scriptedGithub(script).forge.getJob(ref);
    expect(await read({ [route]: () => ({ body: job(10, 'queued') }) })).toMatchObject({ state: 'queued' });
    expect(await read({ [route]: () => ({ status: 404, body: { message: 'Not Found' } }) })).toBeNull();
    await expect(read({ [route]: () => ({ status: 403, body: { message: 'No' } }) })).rejects.toThrow(DeniedError);
    await expect(read({ [route]: () => ({ body: job(10, 'teleported') }) })).rejects.toThrow('status is none');
    await expect(read({ 'GET /repos/Acme/App/installation': () => ({ status: 404 }) })).rejects.toThrow(DeniedError);
  });
});

test('repositories are those of all installations, each once, without what is archived or suspended', async () => {
  const { forge } = scriptedGithub({
    'GET /app/installations': ({ query }) =>
      query.page
        ? { body: [{ id: 2 }, { id: 3, suspended_at: '2026-01-01T00:00:00Z' }] }
        : { body: [{ id: 1, suspended_at: null }], headers: next(2) },
    'GET /installation/repositories': ({ query }) =>
      query.page
        ? { body: { repositories: [{ full_name: 'acme/b' }, { full_name: 'acme/old', archived: true }] } }
        : { body: { repositories: [{ full_name: 'acme/a' }] }, headers: next(2) },
    ...Object.fromEntries(
      [1, 2].map((id) => [
        `POST /app/installations/${id}/access_tokens`,
        () => ({ status: 201, body: { token: `ghs_${id}`, expires_at: '2099-01-01T00:00:00Z', permissions: {} } }),
      ]),
    ),
  });
  expect(await all(forge.repositories())).toEqual(['acme/a', 'acme/b']);
});
