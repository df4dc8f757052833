import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import {
  bytesOf,
  queuedJob,
  queuedPayload,
  signedWebhook,
  webhookSecrets,
} from '../../../../tests/doubles/github-webhook.ts';
import { MalformedError } from '../../../core/errors.ts';
import type { ForgeEvent } from '../../../ports/forge.ts';
import { parseWebhook } from './parse-webhook.ts';

const parse = (payload: unknown, event?: string): ForgeEvent =>
  parseWebhook(webhookSecrets, signedWebhook(bytesOf(JSON.stringify(payload)), event));

const withJob = (changes: object, action = 'queued') => ({
  ...queuedPayload,
  action,
  workflow_job: { ...queuedJob, ...changes },
});

interface Example {
  readonly name: string;
  readonly examples: readonly { readonly action?: string; readonly workflow_job?: { readonly status: string } }[];
}
const examplesOf = (host: string): readonly Example[] =>
  createRequire(import.meta.url)(`@octokit/webhooks-examples/${host}/index.json`);
const hosts = ['api.github.com', 'ghes-31', 'ghes-32', 'ghes-33', 'ghes-34', 'ghes-35'];

describe('the examples that GitHub users collected', () => {
  const jobs = hosts.flatMap((host) =>
    examplesOf(host)
      .filter(({ name }) => name === 'workflow_job')
      .flatMap(({ examples }) => examples.map((example, i) => ({ host, i, example }))),
  );

  test('are there', () => expect(jobs.length).toBeGreaterThanOrEqual(11));

  test.each(jobs)('workflow_job $i of $host is read', ({ example }) => {
    const states = { waiting: 'blocked', queued: 'queued', in_progress: 'running', completed: 'done' };
    const state = states[example.workflow_job?.status as keyof typeof states];
    const event = parse(example);
    expect(event).toMatchObject({ type: 'job', action: example.action, job: { state } });
    if (event.type === 'job' && (state === 'queued' || state === 'blocked'))
      expect(event.job.runnerName).toBeUndefined();
  });

  test('of all other events are no jobs', () => {
    for (const { name, examples } of examplesOf('api.github.com').filter(({ name }) => name !== 'workflow_job')) {
      for (const example of examples)
        expect(parse(example, name)).toMatchObject({ type: 'other', reason: `event-${name}` });
    }
  });
});

describe('a workflow_job event', () => {
  test('becomes a job', () => {
    expect(parse({ ...queuedPayload, enterprise: { slug: 'acme-corp' } })).toEqual({
      type: 'job',
      deliveryId: 'guid-1',
      action: 'queued',
      job: {
        key: 'github/acme/app/36531201234',
        ref: { repo: 'Acme/App', id: '36531201234', attempt: 2 },
        state: 'queued',
        labels: ['self-hosted', 'linux'],
        owner: 'Acme',
        enterprise: 'acme-corp',
        queuedAt: Date.UTC(2026, 8, 1, 10),
        startedAt: Date.UTC(2026, 8, 1, 10),
      },
    });
  });

  test.each([
    ['queued', 'queued', 'queued'],
    ['queued', 'waiting', 'blocked'],
    ['queued', 'pending', 'blocked'],
    ['waiting', 'waiting', 'blocked'],
    ['pending', 'pending', 'blocked'],
    ['requested', 'requested', 'blocked'],
    ['in_progress', 'in_progress', 'running'],
    ['completed', 'completed', 'done'],
  ])('with action %s and status %s is %s', (action, status, state) => {
    expect(parse(withJob({ status }, action))).toMatchObject({ job: { state } });
  });

  test('with an action that is not known is no job', () => {
    expect(parse(withJob({ status: 'queued' }, 'teleported'))).toEqual({
      type: 'other',
      deliveryId: 'guid-1',
      reason: 'unknown-action',
    });
  });

  test('names its runner only once it runs', () => {
    const runner = { runner_name: 'left-over' };
    expect(parse(withJob(runner))).not.toHaveProperty('job.runnerName');
    expect(parse(withJob({ ...runner, status: 'in_progress' }, 'in_progress'))).toHaveProperty('job.runnerName');
    expect(parse(withJob({ runner_name: '', status: 'completed' }, 'completed'))).not.toHaveProperty('job.runnerName');
  });

  test.each([[null], [[]], [undefined]])('with labels %p has none', (labels) => {
    expect(parse(withJob({ labels }))).toHaveProperty('job.labels', []);
  });

  test.each([[null], ['1970-01-01T00:00:00Z'], ['0001-01-01T00:00:00Z'], [undefined]])('of %p has no time', (at) => {
    const event = parse(withJob({ created_at: at, started_at: at, completed_at: at }));
    for (const time of ['queuedAt', 'startedAt', 'doneAt']) expect(event).not.toHaveProperty(`job.${time}`);
  });

  test.each<[string, unknown]>([
    ['workflow_job', { ...queuedPayload, workflow_job: undefined }],
    ['workflow_job.id', { ...queuedPayload, workflow_job: [] }],
    ['workflow_job', { ...queuedPayload, workflow_job: 'text' }],
    ['repository', { ...queuedPayload, repository: undefined }],
    ['repository', { ...queuedPayload, repository: null }],
    ['action', { ...queuedPayload, action: 1 }],
    ['workflow_job.id', withJob({ id: '1' })],
    ['workflow_job.id', withJob({ id: 1.5 })],
    ['workflow_job.id', withJob({ id: -1 })],
    ['workflow_job.labels', withJob({ labels: 'linux' })],
    ['workflow_job.labels.1', withJob({ labels: ['linux', 1] })],
    ['workflow_job.created_at', withJob({ created_at: 'yesterday' })],
    ['workflow_job.runner_name', withJob({ runner_name: {} })],
    ['repository.full_name', { ...queuedPayload, repository: { full_name: 'a/b/c', owner: { login: 'a' } } }],
    ['repository.full_name', { ...queuedPayload, repository: { full_name: '../..', owner: { login: 'a' } } }],
    ['repository.owner.login', { ...queuedPayload, repository: { full_name: 'a/b', owner: { login: 'a\n' } } }],
    ['enterprise.slug', { ...queuedPayload, enterprise: { slug: '' } }],
  ])('whose %s is wrong is malformed', (field, wrong) => {
    expect(() => parse(wrong)).toThrow(MalformedError);
    expect(() => parse(wrong)).toThrow(`The workflow_job event: ${field} is `);
  });

  test.each(['9007199254740992', '9007199254740993', '1e30'])('whose id is %s is refused, not rounded', (id) => {
    const text = JSON.stringify(queuedPayload).replace('36531201234', id);
    expect(() => parseWebhook(webhookSecrets, signedWebhook(bytesOf(text)))).toThrow('workflow_job.id is not');
  });
});

describe('a body', () => {
  test.each(['', 'null', '[]', '1', '"text"', '{', 'payload=%7B%7D', '\u0000'])('of %p is malformed', (text) => {
    for (const event of ['workflow_job', 'ping']) {
      expect(() => parseWebhook(webhookSecrets, signedWebhook(bytesOf(text), event))).toThrow(MalformedError);
    }
  });

  test('that is not UTF-8 is malformed', () => {
    const text = bytesOf('{"action":"?"}');
    text[11] = 0xff;
    expect(() => parseWebhook(webhookSecrets, signedWebhook(text))).toThrow('not JSON in UTF-8');
  });

  test.each(['', 'Workflow Job', '<script>', 'x'.repeat(65)])('of the event %p is malformed', (event) => {
    expect(() => parseWebhook(webhookSecrets, signedWebhook(bytesOf('{}'), event))).toThrow(
      'X-GitHub-Event does not name an event',
    );
  });

  test('of a ping is no job', () => {
    expect(parse({ zen: 'Design for failure.' }, 'ping')).toMatchObject({ type: 'other', reason: 'event-ping' });
  });
});
