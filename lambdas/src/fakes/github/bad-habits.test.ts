import { expect, test } from '@jest/globals';
import { manualClock } from './clock.ts';
import type { HabitSettings } from './habits.ts';
import { type Testbed, type TestRunner, testbed } from './testbed.ts';

const runners = '/orgs/acme/actions/runners';
const jit = (name: string): object => ({ name, runner_group_id: 1, labels: ['linux'] });

interface AtWork {
  readonly bed: Testbed;
  readonly runner: TestRunner;
  readonly jobId: number;
  readonly clock: ReturnType<typeof manualClock>;
  busy(): Promise<boolean>;
}

/** A runner that has acquired the only job. */
async function atWork(habits: HabitSettings, seed = 1): Promise<AtWork> {
  const clock = manualClock();
  const bed = await testbed({ clock, habits, seed });
  const runner = await bed.runner('r1');
  const [job] = bed.fake.addJobs();
  const jobId = job?.id ?? 0;
  await runner.connect();
  await runner.message();
  await runner.acquire(jobId);
  const busy = async (): Promise<boolean> => (await bed.api('GET', `${runners}/${runner.id}`)).body.busy;
  return { bed, runner, jobId, clock, busy };
}

test('staleBusy: busy reads false for a part of the job, for less than 12 min 15 s, and DELETE knows better', async () => {
  const seen = new Set<boolean>();
  for (const seed of [1, 2, 3]) {
    const { bed, runner, clock, busy } = await atWork({ staleBusy: 1 }, seed);
    for (let tenths = 0; tenths < 80; tenths += 1) {
      const shown = await busy();
      seen.add(shown);
      if (!shown) expect((await bed.api('DELETE', `${runners}/${runner.id}`)).status).toBe(422);
      // A runner that is silent for ten minutes would lose its job.
      await runner.connect();
      clock.advance(10);
    }
    expect(await busy()).toBe(true);
  }
  expect(seen).toEqual(new Set([true, false]));
});

test('busyAfterDone: the registration stays for a while after the job, busy and offline', async () => {
  const { bed, runner, jobId, clock, busy } = await atWork({ busyAfterDone: 1 });
  await runner.finish(jobId);
  expect(await busy()).toBe(true);
  expect(bed.fake.runners()).toMatchObject([{ status: 'offline', job_id: null }]);
  clock.advance(120);
  expect(bed.fake.runners()).toEqual([]);
});

test('deleteWhileBusy: 204 although a job runs, which is finished there', async () => {
  const { bed, runner, jobId } = await atWork({ deleteWhileBusy: 1 });
  expect((await bed.api('DELETE', `${runners}/${runner.id}`)).status).toBe(204);
  expect(bed.fake.runners()).toEqual([]);
  expect((await runner.finish(jobId)).status).toBe(200);
  expect(bed.fake.jobs()).toMatchObject([{ conclusion: 'success', starts: 1 }]);
});

test('nameTaken: 409 for a name that nobody has', async () => {
  const { api, fake } = await testbed({ habits: { nameTaken: 1 } });
  expect((await api('POST', `${runners}/generate-jitconfig`, jit('r1'))).status).toBe(409);
  expect(fake.runners()).toEqual([]);
});

test('notFoundLag: a new runner and a new job are found only after a while', async () => {
  const clock = manualClock();
  const { api, fake, runner } = await testbed({ clock, habits: { notFoundLag: 1 } });
  const { id } = await runner('r1');
  const [job] = fake.addJobs();
  const look = async (): Promise<readonly number[]> => [
    (await api('GET', `${runners}/${id}`)).status,
    (await api('GET', runners)).body.total_count,
    (await api('GET', `/repos/acme/app/actions/jobs/${job?.id}`)).status,
    (await api('GET', `/repos/acme/app/actions/runs/${job?.run_id}/jobs`)).body.total_count,
  ];
  expect(await look()).toEqual([404, 0, 404, 0]);
  clock.advance(30);
  expect(await look()).toEqual([200, 1, 200, 1]);
});

test('secondaryLimits: 403 or 429, with a second to wait', async () => {
  const { api, fake } = await testbed();
  fake.setHabits({ secondaryLimits: 1 });
  const statuses = new Set<number>();
  for (let call = 0; call < 20; call += 1) {
    const refused = await api('POST', `${runners}/generate-jitconfig`, jit(`r${call}`));
    statuses.add(refused.status);
    expect(refused.headers.get('retry-after')).toBe('1');
  }
  expect(statuses).toEqual(new Set([403, 429]));
  expect(fake.runners()).toEqual([]);
});

test('serverErrors: 502, and some of the calls have taken effect', async () => {
  const { api, fake } = await testbed();
  fake.setHabits({ serverErrors: 1 });
  for (let call = 0; call < 20; call += 1) {
    expect((await api('POST', `${runners}/generate-jitconfig`, jit(`r${call}`))).status).toBe(502);
  }
  expect(fake.runners().length).toBeGreaterThan(0);
  expect(fake.runners().length).toBeLessThan(20);
});

test('ghosts: a listener without registration polls on for ten minutes, and gets no job', async () => {
  const clock = manualClock();
  const { api, fake, runner } = await testbed({ clock, habits: { ghosts: 1 } });
  const ghost = await runner('r1');
  const first = ghost.message();
  await fake.until(() => fake.runners()[0]?.status === 'online');
  await api('DELETE', `${runners}/${ghost.id}`);
  fake.addJobs();
  clock.advance(20);
  expect((await first).status).toBe(204);
  clock.advance(600);
  expect((await ghost.message()).status).toBe(404);
  expect(fake.jobs()).toMatchObject([{ status: 'queued' }]);
});

test('slowRequeue: a job whose runner was deleted before it acquired it is queued again after a minute', async () => {
  const clock = manualClock();
  const { api, fake, runner } = await testbed({ clock, habits: { slowRequeue: 1 } });
  const [deleted, other] = [await runner('deleted'), await runner('other')];
  const [job] = fake.addJobs();
  await deleted.message();
  await api('DELETE', `${runners}/${deleted.id}`);
  expect((await deleted.acquire(job?.id ?? 0)).status).toBe(409);
  const message = other.message();
  await fake.until(() => fake.runners().some(({ name, status }) => name === 'other' && status === 'online'));
  expect(await Promise.race([message, 'nothing yet'])).toBe('nothing yet');
  clock.advance(60);
  expect((await other.message()).body.jobId).toBe(job?.id);
});
