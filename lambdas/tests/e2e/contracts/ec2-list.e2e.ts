import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ThrottledError } from '../../../src/core/errors.ts';
import { allOf } from '../../contracts/compute-contract.ts';
import { type Ec2Testbed, ec2Testbed } from '../ec2-testbed.ts';

let town: Ec2Testbed;

beforeEach(async () => {
  town = await ec2Testbed();
});

afterEach(() => town.proxy.stop());

const tags = {
  'ghr:environment': 'ci',
  'ghr:Application': 'github-action-runner',
  'ghr:lane': 'small/org:acme',
  'ghr:fleet': 'small',
  'ghr:launch': 'launch-1',
};
const planted = { type: 'm7i.large', zone: 'eu-west-1a', subnet: 'subnet-1', isSpot: true, tags };

test('5,000 machines are read in five pages, and never held at once', async () => {
  town.control.plant({ ...planted, count: 5000 });
  const heapBefore = heapMegabytes();
  let [seen, largest] = [0, 0];
  for await (const instance of town.compute().list({})) {
    seen += instance.lane === 'small/org:acme' ? 1 : 0;
    if (seen % 100 === 0) largest = Math.max(largest, heapMegabytes());
  }
  expect(seen).toBe(5000);
  expect(town.control.counts().byAction).toEqual({ DescribeInstances: 5, DescribeInstanceStatus: 1 });
  // The proxy with its 5,000 lives in this process as well.
  expect(largest - heapBefore).toBeLessThan(256);
}, 120_000);

const heapMegabytes = (): number => process.memoryUsage().heapUsed / 2 ** 20;

test('a list whose third page fails throws, and leaves out no page', async () => {
  town.control.plant({ ...planted, count: 3000 });
  const read = async (): Promise<number> => {
    let seen = 0;
    for await (const _ of town.compute().list({})) {
      if (++seen === 2000)
        town.control.refuseCalls({ action: 'DescribeInstances', code: 'RequestLimitExceeded', status: 503 });
    }
    return seen;
  };
  await expect(read()).rejects.toThrow(ThrottledError);
}, 60_000);

test('5,000 machines end in ten calls', async () => {
  const ids = town.control.plant({ ...planted, count: 5000 });
  await town.compute().end(ids, 'test');
  expect(town.control.counts().byAction).toEqual({ TerminateInstances: 10 });
  expect(new Set(town.control.machines().map(({ state }) => state))).toEqual(new Set(['terminated']));
}, 60_000);

test('machines of another deployment, and those that another module launched, are not ours', async () => {
  const { 'ghr:launch': _, ...withoutLaunch } = tags;
  town.control.plant({ ...planted, count: 1, tags: { ...tags, 'ghr:environment': 'other' } });
  town.control.plant({ ...planted, count: 1, tags: withoutLaunch });
  const [ours] = town.control.plant({ ...planted, count: 1 });
  expect((await allOf(town.compute().list({}))).map(({ id }) => id)).toEqual([ours]);
});

test('a machine that ended while it was pending says why', async () => {
  town.control.setPace({ bootSeconds: 60 });
  town.control.endNextLaunched({ count: 1, code: 'Client.InternalError', message: 'Client error on launch' });
  await town.compute().launch(town.request());
  expect((await allOf(town.compute().list({}))).map(({ state, endReason }) => [state, endReason])).toEqual([
    ['terminated', 'Client.InternalError'],
    ['pending', undefined],
  ]);
});

test('what a person marked, and what EC2 calls impaired, is seen', async () => {
  const [kept = '', broken = ''] = town.control.plant({ ...planted, count: 3 });
  town.control.mark({ id: kept, tags: { 'ghr:bypass-removal': 'true' } });
  town.control.mark({ id: broken, isImpaired: true });
  const marks = (await allOf(town.compute().list({}))).map(({ bypassRemoval, impaired }) => [bypassRemoval, impaired]);
  expect(marks).toEqual([
    [true, false],
    [false, true],
    [false, false],
  ]);
});

test('one protected machine keeps no other of its batch alive', async () => {
  const ids = town.control.plant({ ...planted, count: 3 });
  town.control.mark({ id: ids[1] ?? '', isProtected: true });
  await expect(town.compute().end([...ids, 'i-0123456789abcdef0'], 'test')).rejects.toThrow(ids[1] ?? 'none');
  expect(town.control.machines().map(({ state }) => state)).toEqual(['terminated', 'running', 'terminated']);
});
