import { expect, test } from '@jest/globals';
import { manualClock } from '../clock.ts';
import { testbed } from '../testbed.ts';

const jit = (name: string, more = {}): object => ({ name, runner_group_id: 1, labels: ['linux'], ...more });

test('a JIT configuration registers a runner, once for a name', async () => {
  const { api, fake } = await testbed();
  const made = await api('POST', '/orgs/acme/actions/runners/generate-jitconfig', jit('r1'));
  expect(made.status).toBe(201);
  expect(made.body.runner).toMatchObject({ name: 'r1', status: 'offline', busy: false, os: 'unknown' });
  expect(made.body.encoded_jit_config.length).toBeGreaterThan(4000);

  const again = await api('POST', '/orgs/acme/actions/runners/generate-jitconfig', jit('R1'));
  expect(again.status).toBe(409);
  expect(again.body.message).toBe('Already exists - A runner with the name R1 already exists.');
  expect((await api('POST', '/repos/acme/app/actions/runners/generate-jitconfig', jit('r1'))).status).toBe(201);
  expect(fake.tallies.violations).toEqual([]);
});

test.each([
  ['an unknown group', jit('r', { runner_group_id: 9 }), 404, 'Not Found'],
  ['no labels', jit('r', { labels: [] }), 422, 'labels must NOT have fewer than 1 items'],
  ['labels that are no list', jit('r', { labels: 'linux' }), 422, 'labels must be array'],
  ['no name', { runner_group_id: 1, labels: ['linux'] }, 422, "must have required property 'name'"],
  ['a group by name', jit('r', { runner_group_id: 'Default' }), 422, 'runner_group_id must be integer'],
  ['malformed JSON', '{"name":', 400, 'Problems parsing JSON'],
])('%s is refused', async (_, body, status, message) => {
  const { api, fake } = await testbed();
  const refused = await api('POST', '/orgs/acme/actions/runners/generate-jitconfig', body);
  expect(refused.status).toBe(status);
  expect(refused.body.message).toContain(message);
  expect(fake.runners()).toEqual([]);
});

test('a missing body is refused', async () => {
  const { api } = await testbed();
  const refused = await api('POST', '/orgs/acme/actions/runners/generate-jitconfig');
  expect(refused).toMatchObject({ status: 422, body: { message: expect.stringContaining('body is missing') } });
});

test('a list has pages, links to the others, and a filter by name', async () => {
  const { api, runner } = await testbed();
  for (const name of ['a', 'b', 'c']) await runner(name);
  const first = await api('GET', '/api/v3/orgs/acme/actions/runners?per_page=2');
  expect(first.body).toMatchObject({ total_count: 3, runners: [{ name: 'a' }, { name: 'b' }] });
  expect(first.headers.get('link')).toMatch(
    /<http:.*\/api\/v3\/orgs\/acme\/actions\/runners\?per_page=2&page=2>; rel="next"/,
  );

  const second = await api('GET', '/orgs/acme/actions/runners?per_page=2&page=2');
  expect(second.body).toMatchObject({ total_count: 3, runners: [{ name: 'c' }] });
  expect(second.headers.get('link')).not.toContain('rel="next"');
  const named = await api('GET', '/orgs/acme/actions/runners?name=b');
  expect(named.body).toMatchObject({ total_count: 1, runners: [{ name: 'b' }] });
});

test('a runner is deleted once', async () => {
  const { api, runner } = await testbed();
  const { id } = await runner('r1');
  expect((await api('GET', `/orgs/acme/actions/runners/${id}`)).body.name).toBe('r1');
  expect((await api('DELETE', `/orgs/acme/actions/runners/${id}`)).status).toBe(204);
  expect((await api('DELETE', `/orgs/acme/actions/runners/${id}`)).status).toBe(404);
  expect((await api('GET', `/orgs/acme/actions/runners/${id}`)).status).toBe(404);
});

test('a runner that has acquired a job is not deleted', async () => {
  const { api, runner, fake } = await testbed();
  const busy = await runner('r1');
  const [job] = fake.addJobs();
  await busy.connect();
  await busy.message();
  await busy.acquire(job?.id ?? 0);
  const refused = await api('DELETE', `/orgs/acme/actions/runners/${busy.id}`);
  expect(refused.status).toBe(422);
  expect(refused.body.message).toBe('Runner "r1" is currently running a job and cannot be deleted.');
});

test('a runner that was given a job and has not acquired it is deleted, and the job goes to another', async () => {
  const { api, runner, fake } = await testbed();
  const [slow, other] = [await runner('slow'), await runner('other')];
  const [job] = fake.addJobs();
  await slow.connect();
  await slow.message();
  expect((await api('DELETE', `/orgs/acme/actions/runners/${slow.id}`)).status).toBe(204);

  expect((await slow.acquire(job?.id ?? 0)).status).toBe(409);
  expect((await slow.message()).status).toBe(404);
  expect((await other.message()).body.jobId).toBe(job?.id);
});

test('a listener whose registration is deleted hears of it', async () => {
  const { api, runner } = await testbed();
  const listener = await runner('r1');
  await listener.connect();
  const message = listener.message();
  await api('DELETE', `/orgs/acme/actions/runners/${listener.id}`);
  expect((await message).status).toBe(404);
});

test('repositories have runners of their own', async () => {
  const { runner, fake, api } = await testbed({ repositories: ['app', 'lib'] });
  const own = await runner('r1', ['linux'], '/repos/acme/app');
  const message = own.message();
  fake.addJobs({ repository: 'lib', labels: ['linux'] });
  const [job] = fake.addJobs({ repository: 'app', labels: ['linux'] });
  expect((await message).body.jobId).toBe(job?.id);
  expect((await api('GET', '/repos/acme/lib/actions/runners')).body.total_count).toBe(0);
});

test('an enterprise has runners, groups and an installation of its own', async () => {
  const { app, call, fake } = await testbed({ enterprise: 'big', runnerGroups: ['Large'] });
  const { body: installation } = await app('GET', '/enterprises/big/installation');
  const { body: issued } = await app('POST', `/app/installations/${installation.id}/access_tokens`);
  const runners = '/enterprises/big/actions/runners';
  const made = await call('POST', `${runners}/generate-jitconfig`, jit('r1', { runner_group_id: 2 }), issued.token);
  expect(made.status).toBe(201);
  expect((await call('GET', runners, undefined, issued.token)).body.total_count).toBe(1);
  const groups = await call('GET', '/enterprises/big/actions/runner-groups', undefined, issued.token);
  expect(groups.body.runner_groups.map(({ name }: { name: string }) => name)).toEqual(['Default', 'Large']);
  expect((await call('GET', '/orgs/acme/actions/runners', undefined, issued.token)).status).toBe(404);
  expect(fake.tallies.violations).toEqual([]);
});

test('registration and removal tokens last an hour', async () => {
  const clock = manualClock(Date.UTC(2026, 0, 1));
  const { api } = await testbed({ clock });
  for (const kind of ['registration-token', 'remove-token']) {
    const { status, body } = await api('POST', `/orgs/acme/actions/runners/${kind}`);
    expect(status).toBe(201);
    expect(body).toEqual({ token: expect.stringMatching(/^\w{37}$/), expires_at: '2026-01-01T01:00:00Z' });
  }
});
