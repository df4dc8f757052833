import { expect, test } from '@jest/globals';
import { after, type Instant } from '../../core/instant.ts';
import type { OwnHost } from '../../ports/hosts.ts';
import { virtualTime } from '../engine/virtual-time.ts';
import { joinedLooks } from './joined-looks.ts';

const startAt: Instant = 1_000_000;
const at = (seconds: number): Instant => after(startAt, seconds);
const policy = {
  bootLimitSeconds: 600,
  firstJobSeconds: 600,
  hardLimitSeconds: 100,
  leaseRenewalSeconds: 60,
  quietSeconds: 60,
  answerLimitSeconds: 900,
  rowlessLimitSeconds: 600,
};
const own: OwnHost = {
  read: async () => ({ grantState: 'taken', policy }),
  takeGrant: async () => null,
  renew: async () => 'renewed',
};

/** An agent that looks each five seconds, and has read and written its row just now. */
async function looking(options: { readonly isCalm?: boolean; readonly own?: OwnHost; readonly startedAt?: Instant }) {
  const time = virtualTime(startAt);
  const isCalm = (): boolean => options.isCalm ?? true;
  const looks = joinedLooks({ time, own: options.own ?? own, startedAt: options.startedAt ?? startAt, isCalm });
  const wakes: Instant[] = [];
  await looks.own.read();
  await looks.own.renew({ counter: 1, sees: 'busy', since: startAt, at: startAt });
  looks.sleep(5, () => wakes.push(time.now()));
  return { time, looks, wakes };
}

test('looks that see the same are joined until the row is due', async () => {
  const { time, wakes } = await looking({});
  await time.run(at(300));
  expect(wakes).toEqual([at(60)]);
});

test('what changes is seen at the first look after it, once', async () => {
  const { time, looks, wakes } = await looking({});
  time.at(at(11), looks.stir);
  time.at(at(12), looks.stir);
  await time.run(at(300));
  expect(wakes).toEqual([at(15)]);
});

test('a machine that has run for long is woken for its hard limit', async () => {
  const { time, wakes } = await looking({ startedAt: at(-68) });
  await time.run(at(300));
  expect(wakes).toEqual([at(35)]);
});

test.each([
  ['nothing is calm', { isCalm: false }],
  ['it has no row', { own: { ...own, read: async () => 'absent' as const } }],
  ['its lease was not written', { own: { ...own, renew: async () => 'absent' as const } }],
])('where %s each look is made', async (_, options) => {
  const { time, wakes } = await looking(options);
  await time.run(at(300));
  expect(wakes).toEqual([at(5)]);
});

test('a failed read leaves each look as it is', async () => {
  const { time, looks, wakes } = await looking({});
  await time.run(at(300));
  const failing = joinedLooks({
    time,
    own: { ...own, read: () => Promise.reject(new Error('away')) },
    startedAt: startAt,
    isCalm: () => true,
  });
  await expect(failing.own.read()).rejects.toThrow('away');
  await failing.own.renew({ counter: 1, sees: 'busy', since: startAt, at: startAt });
  failing.sleep(5, () => wakes.push(time.now()));
  looks.stir();
  await time.run(at(400));
  expect(wakes).toEqual([at(60), at(305)]);
});
