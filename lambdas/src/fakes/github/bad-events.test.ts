import { expect, test } from '@jest/globals';
import { manualClock } from './clock.ts';
import { testbed } from './testbed.ts';

test('lateEvents: an event is sent within five minutes, and not at once', async () => {
  const clock = manualClock();
  const { fake, received } = await testbed({ clock, habits: { lateEvents: 1 } });
  fake.addJobs();
  expect(fake.deliveries()).toEqual([]);
  clock.advance(300);
  await fake.until(() => fake.deliveries().length === 1);
  expect(received).toHaveLength(1);
});

test('lostEvents: an event is neither sent nor listed', async () => {
  const { fake, received, app } = await testbed({ habits: { lostEvents: 1 } });
  fake.addJobs();
  fake.setHabits({ lostEvents: false });
  const [told] = fake.addJobs();
  await fake.until(() => fake.deliveries().length === 1);
  expect(received).toMatchObject([{ jobId: told?.id }]);
  expect((await app('GET', '/app/hook/deliveries')).body).toHaveLength(1);
});

test('failedEvents: an event is listed as failed, not sent, and can be sent again', async () => {
  const { fake, received, app } = await testbed({ habits: { failedEvents: 1 } });
  const [job] = fake.addJobs();
  const { body } = await app('GET', '/app/hook/deliveries?status=failure');
  expect(body).toMatchObject([{ status_code: 502, redelivery: false }]);
  expect(received).toEqual([]);
  await app('POST', `/app/hook/deliveries/${body[0].id}/attempts`);
  await fake.until(() => received.length === 1);
  expect(received).toMatchObject([{ jobId: job?.id, headers: { 'x-github-delivery': body[0].guid } }]);
});

test('doubledEvents: an event comes twice, under one guid', async () => {
  const { fake, received } = await testbed({ habits: { doubledEvents: 1 } });
  fake.addJobs();
  await fake.until(() => received.length === 2);
  expect(received[0]?.headers['x-github-delivery']).toBe(received[1]?.headers['x-github-delivery']);
});

test('disorderedEvents: later events overtake earlier ones', async () => {
  const clock = manualClock();
  const { fake, received } = await testbed({ clock, habits: { disorderedEvents: 1 } });
  const jobs = fake.addJobs({ count: 10 });
  clock.advance(30);
  await fake.until(() => received.length === 10);
  const order = received.map(({ jobId }) => jobId);
  expect(order.toSorted()).toEqual(jobs.map(({ id }) => id));
  expect(order).not.toEqual(order.toSorted());
});
