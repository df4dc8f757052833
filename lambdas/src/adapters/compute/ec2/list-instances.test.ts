import { expect, test } from '@jest/globals';
import { allOf } from '../../../../tests/contracts/compute-contract.ts';
import { type Ec2Word, scriptedEc2 } from '../../../../tests/doubles/scripted-ec2.ts';
import { type FormTree, listAt, textAt, textsAt } from '../../../../tests/engine/ec2-proxy/form.ts';
import type { XmlValue } from '../../../../tests/engine/ec2-proxy/xml.ts';
import { ThrottledError } from '../../../core/errors.ts';
import { listInstances } from './list-instances.ts';

const page = (ids: readonly string[], nextToken?: string): Ec2Word => ({
  says: { reservationSet: ids.map((id) => ({ instancesSet: [{ instanceId: id }] })), nextToken },
});

const nobodyImpaired: Ec2Word = { says: { instanceStatusSet: [] } };

const idsOf = async (list: ReturnType<typeof listInstances>) => (await allOf(list)).map(({ id }) => id);

const filtersOf = (form: FormTree | undefined) =>
  form && Object.fromEntries(listAt(form, 'Filter').map((one) => [textAt(one, 'Name'), textsAt(one, 'Value')]));

test('a list of all goes through every page, by our tags', async () => {
  const { client, calls } = scriptedEc2(nobodyImpaired, page(['i-1'], 'more'), page([], 'still'), page(['i-2']));
  expect(await idsOf(listInstances(client, 'ci', {}))).toEqual(['i-1', 'i-2']);
  expect(filtersOf(calls[1])).toEqual({
    'tag:ghr:environment': ['ci'],
    'tag:ghr:Application': ['github-action-runner'],
    'tag-key': ['ghr:launch'],
  });
  expect(calls.map((form) => textAt(form, 'MaxResults'))).toEqual(['1000', '1000', '1000', '1000']);
  expect(calls.map((form) => textAt(form, 'NextToken'))).toEqual([undefined, undefined, 'more', 'still']);
});

test('a list of all says whom EC2 calls impaired', async () => {
  const impaired: Ec2Word = { says: { instanceStatusSet: [{ instanceId: 'i-2' }] } };
  const { client, calls } = scriptedEc2(impaired, page(['i-1', 'i-2']));
  const instances = await allOf(listInstances(client, 'ci', {}));
  expect(instances.map((instance) => instance.impaired)).toEqual([false, true]);
  expect(filtersOf(calls[0])).toEqual({ 'instance-status.status': ['impaired'] });
});

test('a list of one launch asks for its machines alone, and for no status', async () => {
  const { client, calls } = scriptedEc2(page(['i-1']));
  expect(await idsOf(listInstances(client, 'ci', { launchId: 'launch-1' }))).toEqual(['i-1']);
  expect(filtersOf(calls[0])).toMatchObject({ 'tag:ghr:launch': ['launch-1'] });
});

test('a list by id asks by filter, two hundred at once, each once', async () => {
  const ids = Array.from({ length: 201 }, (_, index) => `i-${index}`);
  const { client, calls } = scriptedEc2(page(['i-1']), page(['i-200']));
  expect(await idsOf(listInstances(client, 'ci', { ids: [...ids, 'i-0'] }))).toEqual(['i-1', 'i-200']);
  expect(filtersOf(calls[0])?.['instance-id']).toHaveLength(200);
  expect(filtersOf(calls[1])?.['instance-id']).toEqual(['i-200']);
  expect(textAt(calls[0] as FormTree, 'InstanceId.1')).toBeUndefined();
});

test('a list of none makes no call', async () => {
  expect(await idsOf(listInstances(scriptedEc2().client, 'ci', { ids: [] }))).toEqual([]);
});

test.each([0, 1, 2])('a list whose call %s fails throws, and leaves out no page', async (failing) => {
  const refused: Ec2Word = { refuses: 'InternalFailureOfSomeKind' };
  const words = [nobodyImpaired, page(['i-1'], 'more'), page(['i-2'])].slice(0, failing);
  const { client } = scriptedEc2(...words, refused);
  await expect(allOf(listInstances(client, 'ci', {}))).rejects.toMatchObject({ name: 'InternalFailureOfSomeKind' });
});

test('a list that is throttled says so', async () => {
  const throttle: Ec2Word = { refuses: 'RequestLimitExceeded', status: 503 };
  const { client } = scriptedEc2(throttle, throttle, throttle);
  await expect(allOf(listInstances(client, 'ci', { launchId: 'launch-1' }))).rejects.toThrow(ThrottledError);
});

const viewOf = async (raw: XmlValue) => {
  const { client } = scriptedEc2({ says: { reservationSet: [{ instancesSet: [raw] }] } });
  return (await allOf(listInstances(client, 'ci', { launchId: 'launch-1' })))[0];
};

const tag = (key: string, value: string) => ({ key, value });

test('a machine is seen as what it was launched for, and as it is', async () => {
  const seen = await viewOf({
    instanceId: 'i-1',
    instanceState: { name: 'running' },
    instanceType: 'm7i.large',
    instanceLifecycle: 'spot',
    launchTime: '2026-11-21T09:00:00.000Z',
    placement: { availabilityZone: 'eu-west-1a' },
    tagSet: [
      tag('ghr:lane', 'small/org:acme'),
      tag('ghr:fleet', 'small'),
      tag('ghr:launch', 'launch-1'),
      tag('ghr:bypass-removal', 'true'),
    ],
  });
  expect(seen).toEqual({
    id: 'i-1',
    lane: 'small/org:acme',
    fleet: 'small',
    launchId: 'launch-1',
    state: 'running',
    launchedAt: Date.parse('2026-11-21T09:00:00Z'),
    type: 'm7i.large',
    zone: 'eu-west-1a',
    market: 'spot',
    bypassRemoval: true,
    impaired: false,
  });
});

test.each([
  ['pending', 'pending'],
  ['running', 'running'],
  ['shutting-down', 'stopping'],
  ['stopping', 'stopping'],
  ['stopped', 'stopping'],
  ['terminated', 'terminated'],
])('a machine that EC2 calls %s is %s', async (name, state) => {
  expect(await viewOf({ instanceId: 'i-1', instanceState: { name } })).toMatchObject({ state });
});

test.each([
  [{ stateReason: { code: 'Client.InternalError', message: 'Client error on launch' } }, 'Client.InternalError'],
  [{ stateReason: { code: 'Server.SpotInstanceTermination' }, reason: 'else' }, 'Server.SpotInstanceTermination'],
  [{ reason: 'User initiated (2026-11-21 09:00:00 GMT)' }, 'User initiated (2026-11-21 09:00:00 GMT)'],
  [{ reason: '' }, undefined],
])('an ended machine says why: %j', async (told, endReason) => {
  const seen = await viewOf({ instanceId: 'i-1', instanceState: { name: 'terminated' }, ...told });
  expect(seen?.endReason).toBe(endReason);
});
