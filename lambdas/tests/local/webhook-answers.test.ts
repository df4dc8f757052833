import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { delivery, eventNames, examplesOf, queuedPayload } from './delivery.ts';
import { expectNothingTold } from './nothing-told.ts';
import { type WebhookStack, webhookSecret, webhookStack } from './webhook-stack.ts';

let bed: WebhookStack;
beforeAll(async () => {
  bed = await webhookStack();
});
afterAll(async () => {
  await expectNothingTold(bed);
  await bed.stop();
});

describe('GitHub’s own examples', () => {
  test('are each answered by what they ask for', async () => {
    const answered: unknown[] = [];
    for (const payload of examplesOf('workflow_job')) {
      const { status, body } = await bed.deliver(payload);
      answered.push([payload.action, payload.workflow_job.labels.join(), status, body.reason, body.state]);
    }
    const foreign = [202, 'no-fleet-matches', undefined];
    const older = ['in_progress', 'gpu,db-app,dc-03', ...foreign];
    expect(answered).toEqual([
      older,
      ['completed', 'ubuntu-latest', ...foreign],
      ['completed', 'ubuntu-latest', ...foreign],
      ['in_progress', 'ubuntu-latest', ...foreign],
      ['in_progress', 'ubuntu-latest', ...foreign],
      ['queued', 'ubuntu-latest', ...foreign],
      // It has the status `waiting`: nobody may run it yet.
      ['queued', 'self-hosted,k8s', 200, 'recorded', 'blocked'],
      ['waiting', 'self-hosted,k8s', 200, 'recorded', 'blocked'],
      older,
      older,
      older,
    ]);
  });

  test.each(eventNames().filter((name) => name !== 'workflow_job'))('%s is not ours', async (event) => {
    for (const payload of examplesOf(event)) {
      expect(await bed.ask(delivery(webhookSecret, payload, event))).toMatchObject({
        status: 202,
        body: { reason: `event-${event}` },
      });
    }
  });
});

test('a job that waits: 201, and a request stands in the queue', async () => {
  expect(await bed.deliver(queuedPayload(11))).toMatchObject({
    status: 201,
    body: { reason: 'request-sent', fleet: 'k8s' },
  });
});

test('what happens to it afterwards: 200', async () => {
  await bed.deliver(queuedPayload(12));
  for (const [action, state] of [
    ['in_progress', 'running'],
    ['completed', 'done'],
  ] as const) {
    const { workflow_job, ...payload } = queuedPayload(12);
    const told = { ...payload, action, workflow_job: { ...workflow_job, status: action } };
    expect(await bed.deliver(told)).toMatchObject({ status: 200, body: { reason: 'recorded', state } });
  }
});

test('queued after it is done: 200, and done it stays', async () => {
  const { workflow_job, ...payload } = queuedPayload(13);
  await bed.deliver({ ...payload, action: 'completed', workflow_job: { ...workflow_job, status: 'completed' } });
  expect(await bed.deliver(queuedPayload(13))).toMatchObject({ status: 200, body: { state: 'done' } });
});

test('labels of no fleet: 202, and it says which comes closest and what it lacks', async () => {
  const payload = queuedPayload(14);
  payload.workflow_job.labels = ['self-hosted', 'k8z', 'gpu'];
  const { status, body } = await bed.deliver(payload);
  expect(status).toBe(202);
  expect(body).toMatchObject({
    labels: ['self-hosted', 'k8z', 'gpu'],
    nearest: { fleet: 'k8s', missing: ['k8z', 'gpu'] },
  });
  expect(body.message).toContain('Did you mean k8s instead of k8z?');
});

test('an action that GitHub invents later: 202', async () => {
  const payload = { ...queuedPayload(15), action: 'teleported' };
  expect(await bed.deliver(payload)).toMatchObject({ status: 202, body: { reason: 'unknown-action' } });
});

test('a ledger that fails: 503, and 201 when it is back', async () => {
  const ledger = new DatabaseSync(join(bed.folder, 'ledger.sqlite'));
  const tables = ledger.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  for (const { name } of tables) ledger.exec(`ALTER TABLE "${name}" RENAME TO "${name}-away"`);
  const refused = await bed.deliver(queuedPayload(16));
  for (const { name } of tables) ledger.exec(`ALTER TABLE "${name}-away" RENAME TO "${name}"`);
  ledger.close();
  expect(refused).toMatchObject({ status: 503, body: { reason: 'try-again' } });
  expect(refused.text).not.toMatch(/table|sql/i);
  expect(await bed.deliver(queuedPayload(16))).toMatchObject({ status: 201 });
});

test('a repository that is not on the list: 403, and nothing of it is recorded', async () => {
  const strict = await webhookStack({ repositoryAllowList: ['acme', 'lineville/other'] });
  const refused = await strict.deliver(queuedPayload(17));
  expect(refused).toMatchObject({ status: 403, body: { reason: 'repository-not-allowed' } });
  expect(await strict.stack.world.ledger.lanes()).toEqual([]);
  expect(await strict.stack.world.ledger.unmatchedJobs()).toEqual([]);
  await expectNothingTold(strict);
  await strict.stop();
});
