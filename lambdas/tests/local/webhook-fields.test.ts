import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Payload, queuedPayload } from './delivery.ts';
import { expectNothingTold } from './nothing-told.ts';
import { type WebhookStack, webhookStack } from './webhook-stack.ts';

let bed: WebhookStack;
beforeAll(async () => {
  bed = await webhookStack();
});
afterAll(async () => {
  await expectNothingTold(bed);
  await bed.stop();
});

const strangers: readonly unknown[] = [null, [], {}, 'x', 1, true];

/** What each field that is read takes, in the order of the strangers; all others take everything. */
const read: Readonly<Record<string, readonly number[]>> = {
  //                          null  []   {}  'x'   1  true
  '': [400, 400, 400, 400, 400, 400],
  action: [400, 400, 400, 202, 400, 400],
  repository: [400, 400, 400, 400, 400, 400],
  'repository.full_name': [400, 400, 400, 400, 400, 400],
  'repository.owner': [400, 400, 400, 400, 400, 400],
  'repository.owner.login': [400, 400, 400, 201, 400, 400],
  workflow_job: [400, 400, 400, 400, 400, 400],
  'workflow_job.id': [400, 400, 400, 400, 201, 400],
  'workflow_job.run_attempt': [201, 400, 400, 400, 201, 400],
  'workflow_job.status': [201, 400, 400, 201, 400, 400],
  'workflow_job.conclusion': [201, 400, 400, 201, 400, 400],
  'workflow_job.labels': [202, 202, 400, 400, 400, 400],
  'workflow_job.labels.0': [400, 400, 400, 202, 400, 400],
  'workflow_job.labels.1': [400, 400, 400, 202, 400, 400],
  'workflow_job.runner_name': [201, 400, 400, 201, 400, 400],
  'workflow_job.created_at': [201, 400, 400, 400, 400, 400],
  'workflow_job.started_at': [201, 400, 400, 400, 400, 400],
  'workflow_job.completed_at': [201, 400, 400, 400, 400, 400],
};

/** Every field, and the whole. */
function pathsIn(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, path === '' ? key : `${path}.${key}`));
  return [path, ...below];
}

function withAt(value: Payload, path: string, stranger: unknown): Payload {
  if (path === '') return stranger;
  const [key = '', ...rest] = path.split('.');
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[key] = withAt(copy[key], rest.join('.'), stranger);
  return copy;
}

test('whatever stands in a field, the answer is one that is documented', async () => {
  const paths = pathsIn(queuedPayload());
  expect(paths.length).toBeGreaterThan(150);
  const seen: Record<string, readonly number[]> = {};
  let id = 1000;
  for (const path of paths) {
    const answers = strangers.map((stranger) => {
      id += 1;
      return bed.deliver(withAt(queuedPayload(id), path, stranger));
    });
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    if (statuses.some((status) => status !== 201)) seen[path] = statuses;
  }
  expect(seen).toEqual(read);
}, 60_000);

test.each<[string, string, unknown, number]>([
  ['an id beyond what a number can hold', 'workflow_job.id', 2 ** 53, 400],
  ['an id with a fraction', 'workflow_job.id', 1.5, 400],
  ['an id below one', 'workflow_job.id', 0, 400],
  ['a repository that climbs', 'repository.full_name', '../..', 400],
  ['a repository with three parts', 'repository.full_name', 'a/b/c', 400],
  ['an owner with a slash', 'repository.owner.login', 'a/b', 400],
  ['an owner with a colon', 'repository.owner.login', 'org:x', 400],
  ['a time that is none', 'workflow_job.created_at', 'yesterday-ish', 400],
  ['a time long past', 'workflow_job.created_at', '0001-01-01T00:00:00Z', 201],
  ['a time far ahead', 'workflow_job.created_at', '9999-12-31T23:59:59Z', 201],
  ['labels in other letters', 'workflow_job.labels', ['SELF-HOSTED', 'K8S'], 201],
  ['the same label twice', 'workflow_job.labels', ['k8s', 'k8s'], 201],
  ['ten thousand labels', 'workflow_job.labels', Array.from({ length: 10_000 }, (_, i) => `label-${i}`), 202],
  ['a label of a megabyte', 'workflow_job.labels', ['self-hosted', 'x'.repeat(1_000_000)], 202],
  ['labels of the language', 'workflow_job.labels', ['__proto__', 'constructor', 'toString'], 202],
])('%s', async (_what, path, value, status) => {
  const answer = await bed.deliver(withAt(queuedPayload(5000), path, value));
  expect(answer.status).toBe(status);
  // GitHub keeps what it is answered, and shows it: not a megabyte of it.
  expect(answer.text.length).toBeLessThan(20_000);
});
