import { expect } from '@jest/globals';
import { signatureOf } from '../../src/adapters/forge/signature.ts';
import { BadSignatureError, MalformedError } from '../../src/core/errors.ts';
import type { MissedEvent, WebhookRequest } from '../../src/ports/forge.ts';
import { all, type Facts, jobIn } from './forge-subject.ts';

const jobsOf = (events: readonly MissedEvent[]): readonly unknown[] =>
  events.flatMap(({ event }) => (event?.type === 'job' ? [[event.job.key, event.job.state]] : []));

const signedBy = (request: WebhookRequest, secret: string): WebhookRequest => ({
  ...request,
  headers: { ...request.headers, 'x-hub-signature-256': signatureOf(secret, request.rawBody) },
});

/** What is signed, and what is not. */
export const webhookFacts: Facts = (fact, subject) => {
  fact('a delivery is read as the job it tells of', async () => {
    const job = await subject().queueJob(['linux', 'x64']);
    const read = jobIn(subject().forge.parseWebhook(await subject().delivery(job)));
    expect(read).toMatchObject({ key: job.key, state: 'queued', labels: ['linux', 'x64'], ref: job.ref });
    expect(read.runnerName).toBeUndefined();
  });

  fact('the key stays the same from queued to done', async () => {
    const { forge, delivery, queueJob, startJob, finishJob } = subject();
    const job = await queueJob(['linux']);
    await startJob(job, 'somebody');
    const running = jobIn(forge.parseWebhook(await delivery(job)));
    await finishJob(job);
    const done = jobIn(forge.parseWebhook(await delivery(job)));
    expect(running).toMatchObject({ key: job.key, state: 'running', runnerName: 'somebody' });
    expect(done).toMatchObject({ key: job.key, state: 'done', conclusion: 'success' });
  });

  fact('the secret before this one is still valid', async () => {
    const { forge, delivery, queueJob, secrets } = subject();
    const request = await delivery(await queueJob(['linux']));
    expect(forge.parseWebhook(signedBy(request, secrets[1])).type).toBe('job');
  });

  fact('a delivery that another secret signed, or none, is refused', async () => {
    const { forge, delivery, queueJob } = subject();
    const request = await delivery(await queueJob(['linux']));
    const { 'x-hub-signature-256': _, ...unsigned } = request.headers;
    expect(() => forge.parseWebhook(signedBy(request, 'another'))).toThrow(BadSignatureError);
    expect(() => forge.parseWebhook({ ...request, headers: unsigned })).toThrow(BadSignatureError);
    expect(() => forge.parseWebhook({ ...request, rawBody: new Uint8Array() })).toThrow(BadSignatureError);
  });

  fact('a well signed body that is no JSON object is malformed', async () => {
    const { forge, delivery, queueJob, secrets } = subject();
    const request = await delivery(await queueJob(['linux']));
    for (const body of ['', 'null', '[]', '"queued"', '{', '{}']) {
      const rawBody = new TextEncoder().encode(body);
      expect(() => forge.parseWebhook(signedBy({ ...request, rawBody }, secrets[0]))).toThrow(MalformedError);
    }
  });
};

/** Jobs as they are now. */
export const jobFacts: Facts = (fact, subject) => {
  fact('a read job is what its delivery tells', async () => {
    const { forge, delivery, queueJob, startJob } = subject();
    const job = await queueJob(['linux']);
    await startJob(job, 'somebody');
    expect(await forge.getJob(job.ref)).toMatchObject({ key: job.key, state: 'running', runnerName: 'somebody' });
    expect(jobIn(forge.parseWebhook(await delivery(job)))).toMatchObject((await forge.getJob(job.ref)) ?? {});
  });

  fact('a job that the forge does not know is null', async () => {
    const { forge, repo } = subject();
    expect(await forge.getJob({ repo, id: '987654321', attempt: 1 })).toBeNull();
  });

  fact('queued and running jobs are open, done ones are not', async () => {
    const { forge, queueJob, startJob, finishJob, repo } = subject();
    const [queued, running, done] = [await queueJob(['a']), await queueJob(['b']), await queueJob(['c'])];
    await startJob(running, 'one');
    await startJob(done, 'two');
    await finishJob(done);
    const open = await all(forge.openJobs(repo));
    expect(open.map((job) => [job.key, job.state]).sort()).toEqual(
      [
        [queued.key, 'queued'],
        [running.key, 'running'],
      ].sort(),
    );
  });

  fact('the repository is among those whose jobs are seen', async () => {
    await subject().queueJob(['linux']);
    expect(await all(subject().forge.repositories())).toContain(subject().repo);
  });
};

/** Deliveries that did not arrive. */
export const missedEventFacts: Facts = (fact, subject) => {
  fact('what was delivered is not missed', async () => {
    await subject().delivery(await subject().queueJob(['linux']));
    expect(jobsOf(await all(subject().forge.missedEvents(undefined)))).toEqual([]);
  });

  fact('missed events come oldest first, and not again after their cursor', async () => {
    const { forge, setReachable, queueJob, startJob } = subject();
    await setReachable(false);
    const [first, second] = [await queueJob(['a']), await queueJob(['b'])];
    await startJob(first, 'one');
    await setReachable(true);
    await queueJob(['c']);

    const missed = await all(forge.missedEvents(undefined));
    expect(jobsOf(missed)).toEqual([
      [first.key, 'queued'],
      [second.key, 'queued'],
      [first.key, 'running'],
    ]);
    const cursor = missed.at(-1)?.cursor;
    expect(jobsOf(await all(forge.missedEvents(cursor)))).toEqual([]);
    await setReachable(false);
    const later = await queueJob(['d']);
    expect(jobsOf(await all(forge.missedEvents(cursor)))).toEqual([[later.key, 'queued']]);
  });

  fact('a reader that stopped half way goes on where it stopped', async () => {
    const { forge, setReachable, queueJob } = subject();
    await setReachable(false);
    const jobs = [await queueJob(['a']), await queueJob(['b']), await queueJob(['c'])];
    const missed = await all(forge.missedEvents(undefined));
    const firstJob = missed.find(({ event }) => event?.type === 'job');
    const rest = await all(forge.missedEvents(firstJob?.cursor));
    expect(jobsOf(rest)).toEqual(jobs.slice(1).map((job) => [job.key, 'queued']));
  });
};
