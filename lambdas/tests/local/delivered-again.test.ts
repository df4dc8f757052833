import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Instance } from '../../src/core/instance.ts';
import { until } from '../doubles/processes.ts';
import { delivery, queuedPayload } from './delivery.ts';
import { expectNothingTold } from './nothing-told.ts';
import { type WebhookStack, webhookSecret, webhookStack } from './webhook-stack.ts';

let bed: WebhookStack;
beforeAll(async () => {
  bed = await webhookStack({}, 5);
});
afterAll(async () => {
  const { compute } = bed.stack.world;
  await compute.end(
    (await instances()).map(({ id }) => id),
    'test-over',
  );
  await expectNothingTold(bed);
  await bed.stop();
});

async function instances(): Promise<readonly Instance[]> {
  const all: Instance[] = [];
  for await (const instance of bed.stack.world.compute.list({})) all.push(instance);
  return all;
}

const lane = { fleet: 'k8s', scope: 'org:lineville' } as const;
const told = (id: number, action: string) => {
  const { workflow_job, ...payload } = queuedPayload(id);
  return { ...payload, action, workflow_job: { ...workflow_job, status: action } };
};

/** How often scale-up looked at the lane and said what it does. */
const decisions = (): number => bed.logged().split('"message":"scale-up"').length - 1;

const queueIsEmpty = async (): Promise<boolean> => {
  const { queue } = await bed.stack.story.state();
  return queue.waiting + queue.hidden === 0;
};
const noIntentIsOpen = async (): Promise<boolean> => (await bed.stack.world.ledger.lane(lane)).intents.length === 0;

test('a job that was done before it was told to wait starts nothing', async () => {
  await bed.deliver(told(1, 'completed'));
  expect(await bed.deliver(told(1, 'queued'))).toMatchObject({ status: 200, body: { state: 'done' } });
  await until('the queue is empty', queueIsEmpty);
  expect(await instances()).toEqual([]);
});

test('one delivery, five times at once and once more later, starts one runner', async () => {
  const same = delivery(webhookSecret, queuedPayload(2));
  const answers = await Promise.all(Array.from({ length: 5 }, () => bed.ask(same)));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
  await until('a runner starts', async () => (await instances()).length > 0);
  await until('the launch is closed', noIntentIsOpen);
  const before = decisions();
  await bed.ask(same);
  await until('the lane is looked at again', async () => decisions() > before && (await noIntentIsOpen()));
  expect(await instances()).toHaveLength(1);
  expect((await bed.stack.world.ledger.lane(lane)).jobs.map(({ key }) => key)).toEqual([
    'github/lineville/elastic-machines-testing/2',
  ]);
});
