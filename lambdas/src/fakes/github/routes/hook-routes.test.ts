import { expect, test } from '@jest/globals';
import { testbed } from '../testbed.ts';

test('deliveries are listed newest first, page by page', async () => {
  const { app, fake } = await testbed();
  fake.addJobs({ count: 5 });
  await fake.until(() => fake.deliveries().length === 5);

  const seen: number[] = [];
  let path: string | undefined = '/app/hook/deliveries?per_page=2';
  while (path) {
    const page = await app('GET', path);
    seen.push(...page.body.map(({ id }: { id: number }) => id));
    const next: string | undefined = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    path = next?.replace(fake.url, '');
  }
  expect(seen).toEqual(fake.deliveries().map(({ id }) => id));
  expect(fake.tallies.violations).toEqual([]);
});

test('a failed delivery is found by its status, shows its payload, and can be sent again under the same guid', async () => {
  const { app, fake, received, answerHooksWith } = await testbed();
  answerHooksWith(500);
  const [job] = fake.addJobs();
  await fake.until(() => fake.deliveries().length === 1);
  const { body: failed } = await app('GET', '/app/hook/deliveries?status=failure');
  expect(failed).toMatchObject([{ status_code: 500, redelivery: false, event: 'workflow_job', action: 'queued' }]);
  const { body: detail } = await app('GET', `/app/hook/deliveries/${failed[0].id}`);
  expect(detail.request.payload.workflow_job.id).toBe(job?.id);
  expect(detail.request.headers['X-GitHub-Delivery']).toBe(failed[0].guid);

  answerHooksWith(200);
  expect((await app('POST', `/app/hook/deliveries/${failed[0].id}/attempts`)).status).toBe(202);
  await fake.until(() => fake.deliveries().length === 2);
  const { body: good } = await app('GET', '/app/hook/deliveries?status=success');
  expect(good).toMatchObject([{ guid: failed[0].guid, redelivery: true, status_code: 200 }]);
  expect(received.map(({ text }) => text)).toEqual([received[0]?.text, received[0]?.text]);
  expect(received[1]?.headers['x-hub-signature-256']).toBe(received[0]?.headers['x-hub-signature-256']);
});

test('a receiver that is not there makes a failed delivery', async () => {
  const { fake } = await testbed({ webhookUrl: 'http://127.0.0.1:1/' });
  fake.addJobs();
  await fake.until(() => fake.deliveries().length === 1);
  expect(fake.deliveries()).toMatchObject([{ statusCode: 502 }]);
});

test('a delivery that nobody knows is 404, a cursor that is none 422', async () => {
  const { app } = await testbed();
  expect((await app('GET', '/app/hook/deliveries/1')).status).toBe(404);
  expect((await app('POST', '/app/hook/deliveries/1/attempts')).status).toBe(404);
  expect((await app('GET', '/app/hook/deliveries?cursor=x')).status).toBe(422);
  expect((await app('GET', '/app/hook/deliveries?cursor=v1_1')).body).toEqual([]);
});

test('the hook’s configuration can be changed, and does not show its secret', async () => {
  const { app, fake, received } = await testbed();
  const { body: before } = await app('GET', '/app/hook/config');
  await app('PATCH', '/app/hook/config', { url: 'http://127.0.0.1:1/' });
  fake.addJobs();
  await fake.until(() => fake.deliveries().length === 1);
  expect(received).toEqual([]);

  const changed = await app('PATCH', '/app/hook/config', { url: before.url, secret: 'another', insecure_ssl: 1 });
  expect(changed.body).toEqual({ content_type: 'json', insecure_ssl: '1', secret: '********', url: before.url });
  fake.addJobs();
  await fake.until(() => received.length === 1);
});
