import { expect, test } from '@jest/globals';
import { testbed } from '../testbed.ts';

test('jobs are made with defaults, in an owner and repository that are made for them', async () => {
  const { call, fake } = await testbed();
  const plain = await call('POST', '/_control/jobs', {});
  expect(plain).toMatchObject({
    status: 201,
    body: [{ repository: 'acme/app', labels: ['self-hosted', 'linux', 'x64'] }],
  });
  const other = await call('POST', '/_control/jobs', { count: 3, owner: 'else', repository: 'new', labels: ['gpu'] });
  expect(other.body).toHaveLength(3);
  expect(fake.installationId('else')).toBeDefined();
  expect((await call('GET', '/_control/jobs')).body).toEqual(fake.jobs());
  expect(fake.jobs()[3]).toEqual({
    id: expect.any(Number),
    run_id: expect.any(Number),
    attempt: 1,
    repository: 'else/new',
    labels: ['gpu'],
    status: 'queued',
    conclusion: null,
    runner_name: null,
    created_at: expect.any(String),
    started_at: null,
    completed_at: null,
    starts: 0,
  });
});

test.each([
  [{ count: 0 }, 'count: expected a whole number from 1 to 10000'],
  [{ count: '3' }, 'count: expected'],
  [{ labels: 'linux' }, 'labels: expected a list of texts'],
  [{ labels: [1] }, 'labels: expected'],
  [{ seconds: -1 }, 'seconds: expected'],
  [{ owner: 'a/b' }, 'owner: expected'],
  [{ repository: '' }, 'repository: expected'],
  [{ waiting: 1 }, 'waiting: expected'],
  [{ color: 'red' }, 'color: unknown field; known are count, labels'],
  [{ constructor: 1 }, 'constructor: unknown field'],
  [[], 'Expected an object'],
  ['null', 'Expected an object'],
  ['{"count":', 'Problems parsing JSON'],
])('%j is refused', async (body, message) => {
  const { call, fake } = await testbed();
  const refused = await call('POST', '/_control/jobs', body);
  expect(refused.status).toBe(400);
  expect(refused.body.message).toContain(message);
  expect(fake.jobs()).toEqual([]);
});

test('habits are switched while the fake runs', async () => {
  const { call } = await testbed();
  const set = await call('POST', '/_control/habits', { ghosts: true, lostEvents: 0.5 });
  expect(set).toMatchObject({ status: 200, body: { ghosts: 0.1, lostEvents: 0.5, nameTaken: 0 } });
  const refused = await call('POST', '/_control/habits', { gosts: true });
  expect(refused).toMatchObject({ status: 400, body: { message: expect.stringContaining('Did you mean "ghosts"?') } });
  expect((await call('POST', '/_control/habits', 'null')).status).toBe(400);
});

test('a waiting job is queued when it is approved, once', async () => {
  const { call, fake } = await testbed();
  const [job] = fake.addJobs({ waiting: true });
  expect(job?.status).toBe('waiting');
  const approved = await call('POST', `/_control/jobs/${job?.id}/approve`);
  expect(approved).toMatchObject({ status: 200, body: { status: 'queued' } });
  expect((await call('POST', `/_control/jobs/${job?.id}/approve`)).status).toBe(409);
});

test.each([
  ['GET', '/_control/nothing'],
  ['DELETE', '/_control/jobs'],
  ['POST', '/_control/jobs/1/cancel'],
  ['POST', '/_control/jobs/x/approve'],
  ['GET', '/_runner/nothing'],
  ['GET', '/nothing'],
  ['GET', '//'],
])('%s %s is 404', async (method, path) => {
  const { call } = await testbed();
  expect(await call(method, path)).toMatchObject({ status: 404, body: { message: 'Not Found' } });
});

test('a body that is too large is not read', async () => {
  const { call } = await testbed();
  const reply = await call('POST', '/_control/jobs', 'x'.repeat(1_100_000)).catch(() => null);
  // The connection may be closed before the client has read the answer.
  expect([413, undefined]).toContain(reply?.status);
  expect((await call('GET', '/_control/jobs')).status).toBe(200);
});
