import { type WebhookAnswer, webhook } from '../../src/functions/webhook/webhook.ts';
import { aJob, type City } from './city.ts';

/** Queues jobs at the forge, and delivers their events. */
export async function queueJobs(
  city: City,
  ids: readonly number[],
  owner = 'acme',
  fields: Parameters<typeof aJob>[1] = {},
): Promise<readonly WebhookAnswer[]> {
  const answers: WebhookAnswer[] = [];
  for (const id of ids) {
    const job = aJob(id, { queuedAt: city.clock.now(), ...fields }, owner);
    city.forge.addJob(job);
    answers.push(await webhook(city.world, city.forge.delivery(job)));
  }
  return answers;
}

/** Tells the stack what the forge knows of a job now. */
export const deliver = (city: City, key: string): Promise<WebhookAnswer> =>
  webhook(city.world, city.forge.delivery(key));

export const idsFrom = (first: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => first + index);
