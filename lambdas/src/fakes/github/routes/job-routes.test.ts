import { expect, test } from '@jest/globals';
import { testbed } from '../testbed.ts';

const actions = '/repos/acme/app/actions';

test('queued jobs are found through the runs of a repository', async () => {
  const { api, fake, runner } = await testbed();
  const [first, second] = fake.addJobs({ count: 2 });
  const runs = await api('GET', `${actions}/runs?status=queued`);
  expect(runs.body).toMatchObject({ total_count: 1, workflow_runs: [{ id: first?.run_id, status: 'queued' }] });

  const busy = await runner('r1');
  await busy.message();
  await busy.acquire(first?.id ?? 0);
  expect((await api('GET', `${actions}/runs?status=queued`)).body.total_count).toBe(0);
  expect((await api('GET', `${actions}/runs?status=in_progress`)).body.total_count).toBe(1);
  const jobs = await api('GET', `${actions}/runs/${first?.run_id}/jobs?filter=latest`);
  expect(jobs.body.jobs).toMatchObject([
    { id: first?.id, status: 'in_progress', runner_name: 'r1', runner_group_name: 'Default' },
    { id: second?.id, status: 'queued', runner_name: null },
  ]);
  expect(fake.tallies.violations).toEqual([]);
});

test('a job is shown in its own repository alone', async () => {
  const { api, fake } = await testbed({ repositories: ['app', 'lib'] });
  const [job] = fake.addJobs();
  expect((await api('GET', `${actions}/jobs/${job?.id}`)).body).toMatchObject({ id: job?.id, status: 'queued' });
  expect((await api('GET', `/repos/acme/lib/actions/jobs/${job?.id}`)).status).toBe(404);
  expect((await api('GET', `/repos/acme/none/actions/jobs/${job?.id}`)).status).toBe(404);
  expect((await api('GET', `${actions}/jobs/1`)).status).toBe(404);
  expect((await api('GET', `${actions}/jobs/first`)).status).toBe(422);
});

test('cancelling a run ends its queued jobs at once, and tells the runner of a running one', async () => {
  const { api, fake, runner } = await testbed();
  const [running, queued] = fake.addJobs({ count: 2 });
  const busy = await runner('r1');
  await busy.message();
  await busy.acquire(running?.id ?? 0);
  const message = busy.message();
  expect((await api('POST', `${actions}/runs/${running?.run_id}/cancel`)).status).toBe(202);

  expect((await message).body).toEqual({ type: 'cancel', jobId: running?.id });
  expect(fake.jobs()).toMatchObject([
    { status: 'in_progress' },
    { id: queued?.id, conclusion: 'cancelled', starts: 0 },
  ]);
  await busy.finish(running?.id ?? 0, 'failure');
  expect(fake.jobs()).toMatchObject([{ conclusion: 'cancelled' }, { conclusion: 'cancelled' }]);
  expect((await api('POST', `${actions}/runs/${running?.run_id}/cancel`)).status).toBe(409);
});

test('a runner whose job is cancelled before it acquired it listens on', async () => {
  const { fake, runner, call } = await testbed();
  const [cancelled] = fake.addJobs();
  const listener = await runner('r1');
  await listener.message();
  await call('POST', `/_control/jobs/${cancelled?.id}/cancel`);
  expect((await listener.acquire(cancelled?.id ?? 0)).status).toBe(409);
  const [next] = fake.addJobs();
  expect((await listener.message()).body.jobId).toBe(next?.id);
});

test('a re-run is a new job in the same run, with the next attempt', async () => {
  const { api, fake, call } = await testbed();
  const [job] = fake.addJobs();
  expect((await api('POST', `${actions}/jobs/${job?.id}/rerun`)).status).toBe(403);
  await call('POST', `/_control/jobs/${job?.id}/cancel`);
  expect((await api('POST', `${actions}/jobs/${job?.id}/rerun`)).status).toBe(201);

  const again = fake.jobs().at(-1);
  expect(again).toMatchObject({ run_id: job?.run_id, attempt: 2, status: 'queued' });
  expect(again?.id).not.toBe(job?.id);
  const latest = await api('GET', `${actions}/runs/${job?.run_id}/jobs`);
  expect(latest.body.jobs).toMatchObject([{ id: again?.id, run_attempt: 2 }]);
  const all = await api('GET', `${actions}/runs/${job?.run_id}/jobs?filter=all`);
  expect(all.body.total_count).toBe(2);
  expect((await api('POST', `${actions}/jobs/${job?.id}/rerun`)).status).toBe(403);
  expect(fake.tallies.violations).toEqual([]);
});
