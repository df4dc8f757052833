import { describe, expect, test } from '@jest/globals';
import { all } from '../../../../tests/contracts/forge-subject.ts';
import { type Script, scriptedGithub } from '../../../../tests/github/scripted-github.ts';
import { MalformedError } from '../../../core/errors.ts';
import { GithubError } from './translate-error.ts';

const list = 'GET /orgs/acme/actions/runners';
const refusal =
  (status: number, message = 'Refused') =>
  () => ({ status, body: { message } });
const runner = (id: number, changes: object = {}) => ({
  ...{ id, name: `runner-${id}`, status: 'online', busy: false, labels: [{ name: 'linux' }] },
  ...changes,
});

describe('a list of runners', () => {
  test('whose pages together lack some is an error', async () => {
    const { forge } = scriptedGithub({ [list]: () => ({ body: { total_count: 2, runners: [runner(1)] } }) });
    await expect(all(forge.listRunners('org:acme'))).rejects.toThrow('The list of runners of acme lacks 1');
  });

  test('whose second page fails is an error', async () => {
    const next = { link: '<https://ghe.example.com/api/v3/orgs/acme/actions/runners?page=2>; rel="next"' };
    const page = { body: { total_count: 101, runners: [runner(1)] }, headers: next };
    const { forge } = scriptedGithub({ [list]: ({ query }) => (query.page ? refusal(409)() : page) });
    await expect(all(forge.listRunners('org:acme'))).rejects.toThrow(GithubError);
  });

  test.each([[''], ['<html>'], [null], [{}], [{ total_count: 1, runners: [{ id: 1 }] }]])(
    'that reads %p is an error, not an empty list',
    async (body) => {
      const { forge } = scriptedGithub({ [list]: () => ({ body }) });
      await expect(all(forge.listRunners('org:acme'))).rejects.toThrow(MalformedError);
    },
  );

  test('names a runner once, though it moved to the next page', async () => {
    const next = { link: '<https://ghe.example.com/x?page=2>; rel="next"' };
    const { forge } = scriptedGithub({
      [list]: ({ query }) =>
        query.page
          ? { body: { total_count: 3, runners: [runner(2), runner(1)] } }
          : { body: { total_count: 2, runners: [runner(2)] }, headers: next },
    });
    expect((await all(forge.listRunners('org:acme'))).map(({ id }) => id)).toEqual(['2', '1']);
  });
});

describe('a removal', () => {
  const route = 'DELETE /orgs/acme/actions/runners/5';
  const remove = (script: Script, ref = { id: '5', name: 'one' }) =>
    scriptedGithub(script).forge.removeRunner('org:acme', ref);

  test.each([
    [204, '', 'removed'],
    [404, 'Not Found', 'absent'],
    [422, 'Runner "one" is currently running a job and cannot be deleted.', 'busy'],
    [400, 'Bad request - Runner "one" is still running a job', 'busy'],
  ] as const)('answered with %s %s is %s', async (status, message, outcome) => {
    expect(await remove({ [route]: refusal(status, message) })).toBe(outcome);
  });

  test.each([400, 403, 500])('answered with a %s that says nothing of a job is an error', async (status) => {
    await expect(remove({ [route]: refusal(status, 'Something else') })).rejects.toThrow(String(status));
  });

  test('believes the refusal, not the list that calls the runner idle', async () => {
    const script: Script = {
      [list]: () => ({ body: { total_count: 1, runners: [runner(5, { name: 'one', busy: false })] } }),
      [route]: refusal(422, 'is currently running a job'),
    };
    expect(await remove(script, { name: 'one' } as never)).toBe('busy');
  });

  test('by name spares others, on a server that does not know the parameter', async () => {
    const script: Script = { [list]: () => ({ body: { total_count: 2, runners: [runner(1), runner(2)] } }) };
    expect(await remove(script, { id: '', name: 'runner' })).toBe('absent');
  });
});
