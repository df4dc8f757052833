import { expect, test } from '@jest/globals';
import { manualClock } from './clock.ts';
import { type TestRunner, testbed } from './testbed.ts';

/** A runner that has acquired the only job. */
async function atWork(bed: Awaited<ReturnType<typeof testbed>>): Promise<{ runner: TestRunner; jobId: number }> {
  const runner = await bed.runner('r1');
  const [job] = bed.fake.addJobs();
  const jobId = job?.id ?? 0;
  await runner.connect();
  await runner.message();
  await runner.acquire(jobId);
  return { runner, jobId };
}

test('a job that its runner does not acquire within a minute goes to another', async () => {
  const clock = manualClock();
  const { fake, runner } = await testbed({ clock });
  const [slow, other] = [await runner('slow'), await runner('other')];
  const [job] = fake.addJobs();
  await slow.message();
  clock.advance(59);
  expect(fake.jobs()).toMatchObject([{ status: 'queued', runner_name: null }]);
  clock.advance(1);
  expect((await other.message()).body.jobId).toBe(job?.id);
  expect((await slow.acquire(job?.id ?? 0)).status).toBe(409);
  expect((await other.acquire(job?.id ?? 0)).status).toBe(200);
});

test('a job’s message is given again to a runner that polls again, and acquiring twice is once', async () => {
  const { fake, runner } = await testbed();
  const listener = await runner('r1');
  const [job] = fake.addJobs();
  const first = await listener.message();
  expect((await listener.message()).body).toEqual(first.body);
  await listener.acquire(job?.id ?? 0);
  expect((await listener.acquire(job?.id ?? 0)).status).toBe(200);
  expect(fake.jobs()).toMatchObject([{ starts: 1 }]);
});

test('a runner is offline when it has not polled for a minute', async () => {
  const clock = manualClock();
  const { fake, runner } = await testbed({ clock });
  const listener = await runner('r1');
  expect(fake.runners()).toMatchObject([{ status: 'offline' }]);
  await listener.connect();
  expect(fake.runners()).toMatchObject([{ status: 'online' }]);
  clock.advance(60);
  expect(fake.runners()).toMatchObject([{ status: 'offline' }]);
});

test('a poll without news is answered after twenty seconds', async () => {
  const clock = manualClock();
  const { fake, runner } = await testbed({ clock });
  const listener = await runner('r1');
  const message = listener.message();
  await fake.until(() => fake.runners()[0]?.status === 'online');
  clock.advance(20);
  expect((await message).status).toBe(204);
});

test('a job whose runner is not heard of for ten minutes fails, and is counted', async () => {
  const clock = manualClock();
  const bed = await testbed({ clock });
  const { runner, jobId } = await atWork(bed);
  clock.advance(599);
  expect(bed.fake.jobs()).toMatchObject([{ status: 'in_progress' }]);
  clock.advance(1);
  expect(bed.fake.jobs()).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  expect(bed.fake.tallies.endedByForge).toBe(1);
  expect(bed.fake.runners()).toEqual([]);
  expect((await runner.finish(jobId)).status).toBe(200);
  expect(bed.fake.jobs()).toMatchObject([{ conclusion: 'failure' }]);
});

test('a runner that works and polls keeps its job for as long as it takes', async () => {
  const clock = manualClock();
  const bed = await testbed({ clock });
  const { runner, jobId } = await atWork(bed);
  clock.advance(70);
  for (let poll = 0; poll < 14; poll += 1) {
    expect(bed.fake.runners()).toMatchObject([{ status: 'offline' }]);
    const message = runner.message();
    await bed.fake.until(() => bed.fake.runners()[0]?.status === 'online');
    clock.advance(20);
    expect((await message).status).toBe(204);
    clock.advance(70);
  }
  await runner.finish(jobId);
  expect(bed.fake.jobs()).toMatchObject([{ conclusion: 'success' }]);
});

test('a second listener of the same configuration is refused while the first is online', async () => {
  const clock = manualClock();
  const bed = await testbed({ clock });
  const made = { name: 'r1', runner_group_id: 1, labels: ['x'] };
  const { body } = await bed.api('POST', '/orgs/acme/actions/runners/generate-jitconfig', made);
  const { token } = JSON.parse(Buffer.from(body.encoded_jit_config, 'base64').toString('utf8'));
  const connect = (sessionId: string) => bed.call('POST', '/_runner/session', { sessionId, os: 'Linux' }, token);
  expect((await connect('one')).status).toBe(201);
  expect((await connect('one')).status).toBe(201);
  expect((await connect('two')).status).toBe(409);
  clock.advance(60);
  expect((await connect('two')).status).toBe(201);
  expect((await bed.call('DELETE', '/_runner/session', undefined, token)).status).toBe(204);
  expect(bed.fake.runners()).toMatchObject([{ status: 'offline' }]);
});

test.each([
  ['POST', 'session', {}, 400],
  ['POST', 'session', null, 400],
  ['POST', 'acquire', { jobId: 5 }, 404],
  ['POST', 'acquire', 'null', 404],
  ['POST', 'finish', { jobId: 5, conclusion: 'great' }, 400],
])('%s %s with %j is answered, not believed', async (method, verb, sent, status) => {
  const bed = await testbed();
  const made = { name: 'r1', runner_group_id: 1, labels: ['x'] };
  const { body } = await bed.api('POST', '/orgs/acme/actions/runners/generate-jitconfig', made);
  const { token } = JSON.parse(Buffer.from(body.encoded_jit_config, 'base64').toString('utf8'));
  expect((await bed.call(method, `/_runner/${verb}`, sent, token)).status).toBe(status);
  expect((await bed.call(method, `/_runner/${verb}`, sent, 'wrong')).status).toBe(401);
});
