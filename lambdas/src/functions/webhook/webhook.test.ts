import { describe, expect, test } from '@jest/globals';
import { aJob, type City, city, secret } from '../../../tests/city/city.ts';
import { acme, overheard, viewOf } from '../../../tests/city/invoke.ts';
import { fleet } from '../../../tests/fleet.ts';
import { signedDelivery } from '../../adapters/forge/memory/webhook.ts';
import type { Job } from '../../core/job.ts';
import { documentedTiming } from '../../core/timing.ts';
import { requestDelaySeconds } from './request-delay.ts';
import { bodyLimitBytes, webhook } from './webhook.ts';

const told = (town: City, job: Job, action?: string) => webhook(town.world, town.forge.delivery(job, action));
const body = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('an answer for each', () => {
  test('201: a job waits, and its request was sent', async () => {
    const { town, sent } = overheard(city());
    expect(await told(town, aJob(1))).toEqual({
      status: 201,
      body: { reason: 'request-sent', fleet: 'linux-x64' },
    });
    expect(sent).toEqual([{ lane: acme, reason: 'job-queued', delaySeconds: 2 }]);
  });

  test.each(['running', 'done', 'blocked'] as const)(
    '200: a job that is %s is recorded, and rings for nobody',
    async (state) => {
      const { town, sent } = overheard(city());
      expect(await told(town, aJob(1, { state }))).toMatchObject({ status: 200, body: { reason: 'recorded', state } });
      expect(sent).toEqual([]);
    },
  );

  test('200: a job that began meanwhile is queued no more, however late that event comes', async () => {
    const { town, sent } = overheard(city());
    await told(town, aJob(1, { state: 'running', runnerName: 'x' }));
    expect(await told(town, aJob(1))).toMatchObject({ status: 200, body: { state: 'running' } });
    expect(sent).toEqual([]);
  });

  test('202: an event of no job', async () => {
    const { town, sent } = overheard(city());
    const ping = signedDelivery(secret, 'd', 'ping');
    expect(await webhook(town.world, ping)).toEqual({ status: 202, body: { reason: 'event-ping' } });
    expect(sent).toEqual([]);
  });

  test('202: no fleet matches, with the nearest; kept only where it may be ours one day', async () => {
    const town = city();
    expect(await told(town, aJob(1, { labels: ['self-hosted', 'linux', 'x46'] }))).toMatchObject({
      status: 202,
      body: { reason: 'no-fleet-matches', nearest: { fleet: 'linux-x64', missing: ['x46'] } },
    });
    expect(await told(town, aJob(2, { labels: ['ubuntu-latest'] }))).toMatchObject({ status: 202 });
    expect((await town.world.ledger.unmatchedJobs()).map(({ job }) => job.ref.id)).toEqual(['1']);
  });

  test('401: not signed, or not by whom it should be, and nothing of it is read', async () => {
    const town = city();
    const delivery = town.forge.delivery(aJob(1));
    const signature = delivery.headers['x-hub-signature-256'] ?? '';
    const forged = `${signature.slice(0, -1)}${signature.endsWith('0') ? '1' : '0'}`;
    for (const value of [undefined, '', 'sha256=', forged]) {
      const request = { ...delivery, headers: { ...delivery.headers, 'x-hub-signature-256': value } };
      expect(await webhook(town.world, request)).toEqual({ status: 401, body: { reason: 'bad-signature' } });
    }
    expect((await viewOf(town)).jobs).toEqual([]);
  });

  test('403: a repository that is not allowed, before anything is recorded', async () => {
    const town = city({ repositoryAllowList: ['acme/other'] });
    expect(await told(town, aJob(1))).toEqual({
      status: 403,
      body: { reason: 'repository-not-allowed', repository: 'acme/app' },
    });
    expect((await viewOf(town)).jobs).toEqual([]);
  });

  test('413: too large, before its signature costs anything', async () => {
    const town = city();
    const rawBody = new Uint8Array(bodyLimitBytes + 1);
    expect(await webhook(town.world, { headers: {}, rawBody })).toMatchObject({ status: 413 });
    expect(town.forge.calls.parseWebhook).toBe(0);
    expect(await webhook(town.world, { headers: {}, rawBody: rawBody.slice(1) })).toMatchObject({ status: 401 });
  });

  test('400: what breaks its reader says nothing of how it did', async () => {
    const town = city();
    const parseWebhook = (): never => {
      throw new TypeError('Cannot read properties of undefined');
    };
    const world = { ...town.world, forge: { ...town.forge, parseWebhook } };
    expect(await webhook(world, { headers: {}, rawBody: body('{}') })).toEqual({
      status: 400,
      body: { reason: 'malformed' },
    });
  });

  test('503: the ledger or the queue failed, so that the forge marks it failed and the sweep finds it', async () => {
    const town = city();
    const away = () => Promise.reject(new Error('https://sqs.eu-west-1.amazonaws.com/123/requests is away'));
    const ledger = { ...town.world, ledger: { ...town.world.ledger, record: away } };
    const queue = { ...town.world, queue: { ...town.queue, send: away } };
    for (const world of [ledger, queue]) {
      const answer = await webhook(world, town.forge.delivery(aJob(1)));
      expect(answer).toEqual({ status: 503, body: { reason: 'try-again' } });
    }
    // Delivered again, it is served, though its job is known already.
    expect(await told(town, aJob(1))).toMatchObject({ status: 201 });
  });

  test('503: also for labels that match nothing, as they must be kept', async () => {
    const town = city();
    const ledger = { ...town.world.ledger, record: () => Promise.reject(new Error('throttled')) };
    const delivery = town.forge.delivery(aJob(1, { labels: ['self-hosted', 'arm64'] }));
    expect(await webhook({ ...town.world, ledger }, delivery)).toMatchObject({ status: 503 });
  });
});

test('no answer needs the forge', async () => {
  const town = city();
  for (const state of ['queued', 'running', 'done'] as const) await told(town, aJob(1, { state }));
  const { parseWebhook, ...others } = town.forge.calls;
  expect(parseWebhook).toBe(3);
  expect(Object.values(others).every((calls) => calls === 0)).toBe(true);
});

test('the record comes before the request: a doorbell without a job would be answered with nothing', async () => {
  const town = city();
  const order: string[] = [];
  const record: City['world']['ledger']['record'] = async (...args) => {
    const recorded = await town.world.ledger.record(...args);
    order.push('recorded');
    return recorded;
  };
  const send = async (): Promise<void> => void order.push('sent');
  const world = { ...town.world, ledger: { ...town.world.ledger, record }, queue: { ...town.queue, send } };
  await webhook(world, town.forge.delivery(aJob(1)));
  expect(order).toEqual(['recorded', 'sent']);
});

describe('a request waits', () => {
  const tick = { scheduleExpression: 'rate(5 minutes)', timeZone: 'UTC', size: 1 };
  const window = { cron: '* * * * * *', timeZone: 'UTC', idleCount: 1, evictionStrategy: 'oldest_first' } as const;

  test.each([
    ['just long enough to gather a burst, where no idle runner can be', {}, 2],
    ['for an idle runner, where runners stay', { ephemeral: false }, 30],
    ['for an idle runner, where there is a pool', { poolConfig: [tick] }, 30],
    ['for an idle runner, where some are kept', { idleConfig: [window] }, 30],
    ['as long as configured', { delayWebhookEventSeconds: 7, ephemeral: false }, 7],
    ['not at all, if so configured', { delayWebhookEventSeconds: 0 }, 0],
  ])('%s', (_, fields, seconds) => {
    expect(requestDelaySeconds(fleet(fields), documentedTiming)).toBe(seconds);
  });
});
