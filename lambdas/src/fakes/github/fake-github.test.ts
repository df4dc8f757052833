import { createHmac } from 'node:crypto';
import { statSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { type TestRunner, testbed, webhookSecret } from './testbed.ts';

test('a job goes from queued to completed on a runner that listens', async () => {
  const bed = await testbed();
  const runner = await bed.runner('r1');
  await runner.connect();
  const message = runner.message();
  const [job] = bed.fake.addJobs({ seconds: 7 });

  expect((await message).body).toEqual({ type: 'job', jobId: job?.id, name: 'build (1)', seconds: 7 });
  expect((await runner.acquire(job?.id ?? 0)).status).toBe(200);
  expect(bed.fake.runners()).toMatchObject([{ name: 'r1', status: 'online', busy: true, job_id: job?.id }]);
  expect((await runner.finish(job?.id ?? 0)).status).toBe(200);

  expect(bed.fake.jobs()).toMatchObject([{ status: 'completed', conclusion: 'success', runner_name: 'r1', starts: 1 }]);
  expect(bed.fake.runners()).toEqual([]);
  expect(bed.fake.tallies.violations).toEqual([]);
});

test('webhooks carry GitHub’s headers, a signature over the raw body, and who is concerned', async () => {
  const bed = await testbed();
  const [job] = bed.fake.addJobs();
  await bed.fake.until(() => bed.fake.deliveries().length === 1);

  const [{ headers, text } = { headers: {}, text: '' }] = bed.received;
  const signature = createHmac('sha256', webhookSecret).update(text).digest('hex');
  expect(headers).toMatchObject({
    'x-github-event': 'workflow_job',
    'x-github-delivery': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'x-github-hook-id': expect.stringMatching(/^\d+$/),
    'x-github-hook-installation-target-type': 'integration',
    'x-github-hook-installation-target-id': String(bed.fake.appId),
    'x-hub-signature-256': `sha256=${signature}`,
    'user-agent': expect.stringMatching(/^GitHub-Hookshot\//),
  });
  expect(JSON.parse(text)).toMatchObject({
    action: 'queued',
    workflow_job: {
      id: job?.id,
      run_attempt: 1,
      status: 'queued',
      runner_name: null,
      labels: ['self-hosted', 'linux', 'x64'],
    },
    repository: { full_name: 'acme/app', owner: { login: 'acme' } },
    organization: { login: 'acme' },
    installation: { id: bed.fake.installationId('acme') },
    sender: { login: 'dev' },
  });
});

test('all four events are what GitHub’s own description says, with an enterprise too', async () => {
  const bed = await testbed({ enterprise: 'big' });
  const runner = await bed.runner('r1');
  await runner.connect();
  const [job] = bed.fake.addJobs({ waiting: true });
  await bed.call('POST', `/_control/jobs/${job?.id}/approve`);
  await runner.message();
  await runner.acquire(job?.id ?? 0);
  await runner.finish(job?.id ?? 0, 'failure');
  await bed.fake.until(() => bed.received.length === 4);

  expect(bed.received.map(({ action }) => action).sort()).toEqual(['completed', 'in_progress', 'queued', 'waiting']);
  expect(bed.fake.tallies.violations).toEqual([]);
});

test('the App’s key is kept, and readable for its owner alone', async () => {
  const first = await testbed();
  const second = await testbed();
  expect(second.fake.appKeyFile).toBe(first.fake.appKeyFile);
  expect(statSync(first.fake.appKeyFile).mode & 0o777).toBe(0o600);
  expect((await second.call('GET', '/app', undefined, first.jwt())).status).toBe(200);
});

test('a thousand jobs on a hundred runners at a time are each started once', async () => {
  const bed = await testbed({ limits: { points: 1e6, primary: 1e6, concurrent: 1e6 } });
  bed.fake.addJobs({ count: 1000 });
  const work = async (runner: TestRunner): Promise<void> => {
    await runner.connect();
    const { body } = await runner.message();
    await runner.acquire(body.jobId);
    await runner.finish(body.jobId);
  };
  const lanes = Array.from({ length: 100 }, async (_, lane) => {
    for (let round = 0; round < 10; round += 1) await work(await bed.runner(`r-${lane}-${round}`));
  });
  await Promise.all(lanes);

  const jobs = bed.fake.jobs();
  expect(jobs.filter(({ conclusion, starts }) => conclusion === 'success' && starts === 1)).toHaveLength(1000);
  await bed.fake.until(() => bed.received.length === 3000);
  expect(bed.fake.tallies.violations).toEqual([]);
});
