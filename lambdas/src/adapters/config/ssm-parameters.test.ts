import { setImmediate } from 'node:timers/promises';
import type { SSMClientConfig } from '@aws-sdk/client-ssm';
import { expect, test } from '@jest/globals';
import { ConfigError, DeniedError, ThrottledError } from '../../core/errors.ts';
import { type ManualClock, manualClock } from '../clock/manual-clock.ts';
import { ssmClient } from './ssm-client.ts';
import { type ReadParameters, ssmParameters } from './ssm-parameters.ts';

const throttled = { status: 400, body: { __type: 'ThrottlingException', message: 'Rate exceeded' } };
const away = { status: 503, body: { message: 'Service Unavailable' } };
const denied = { status: 400, body: { __type: 'AccessDeniedException', message: 'not authorized: ssm:GetParameters' } };

interface Answer {
  readonly status: number;
  readonly body: object;
}

interface Ssm {
  readonly calls: readonly (readonly string[])[];
  readonly reader: (clock: ManualClock) => ReadParameters;
}

/** The other side of the wire: every parameter's value is its name in capitals, but for those that are not there. */
function ssm(refusal: () => Answer | undefined = () => undefined, absent: readonly string[] = []): Ssm {
  const calls: (readonly string[])[] = [];
  const answer = (body: Uint8Array): Answer => {
    const { Names, WithDecryption } = JSON.parse(new TextDecoder().decode(body)) as {
      Names: readonly string[];
      WithDecryption: boolean;
    };
    expect(WithDecryption).toBe(true);
    calls.push(Names);
    const found = Names.filter((name) => !absent.includes(name));
    const Parameters = found.map((Name) => ({ Name, Value: Name.toUpperCase() }));
    return refusal() ?? { status: 200, body: { Parameters, InvalidParameters: absent } };
  };
  const handle = async ({ body: sent }: { body: Uint8Array }) => {
    const { status, body } = answer(sent);
    return { response: { statusCode: status, headers: {}, body: Buffer.from(JSON.stringify(body)) } };
  };
  const client = ssmClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: { handle } as unknown as NonNullable<SSMClientConfig['requestHandler']>,
  });
  return { calls, reader: (clock) => ssmParameters({ client, clock }) };
}

/** Lets time pass until it is settled. */
async function inTime<Value>(clock: ManualClock, work: Promise<Value>): Promise<Value> {
  let isSettled = false;
  work.then(
    () => (isSettled = true),
    () => (isSettled = true),
  );
  while (!isSettled) {
    await setImmediate();
    await clock.advance(0.01);
  }
  return work;
}

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `/ci/p${n}`);

test('all names are read in calls of ten, each name once', async () => {
  const { calls, reader } = ssm();
  const values = await reader(manualClock())([...names(23), '/ci/p0']);
  expect(values.size).toBe(23);
  expect(values.get('/ci/p22')).toBe('/CI/P22');
  expect(calls.map(({ length }) => length)).toEqual([10, 10, 3]);
});

test('ten names, as many as the webhook may need, are one call', async () => {
  const { calls, reader } = ssm();
  await reader(manualClock())(names(10));
  expect(calls).toHaveLength(1);
});

test('all missing names are told at once', async () => {
  const { reader } = ssm(undefined, ['/ci/p1', '/ci/p12']);
  const failure = await reader(manualClock())(names(13)).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ConfigError);
  expect((failure as ConfigError).problems).toEqual([
    expect.stringContaining('/ci/p1 does not exist'),
    expect.stringContaining('/ci/p12 does not exist'),
  ]);
});

test('256 functions that start at once all come through at 40 calls a second, within 8 seconds', async () => {
  const clock = manualClock();
  let tokens = 40;
  let filledAt = clock.now();
  const { calls, reader } = ssm(() => {
    tokens = Math.min(40, tokens + ((clock.now() - filledAt) / 1000) * 40);
    filledAt = clock.now();
    if (tokens < 1) return throttled;
    tokens -= 1;
    return undefined;
  });
  const startedAt = clock.now();
  const reads = Array.from({ length: 256 }, () => reader(clock)(names(10)));
  await inTime(clock, Promise.all(reads));
  expect((clock.now() - startedAt) / 1000).toBeLessThan(8);
  expect(calls.length).toBeLessThan(256 * 12);
});

test.each([
  ['throttles', throttled, ThrottledError],
  ['is away', away, Error],
])('what was read before holds while SSM %s; who read nothing yet is told', async (_, refusal, kind) => {
  const clock = manualClock();
  let isRefusing = false;
  const { reader } = ssm(() => (isRefusing ? refusal : undefined));
  const read = reader(clock);
  await read(names(3));
  isRefusing = true;
  await expect(inTime(clock, read(names(2)))).resolves.toHaveProperty('size', 3);
  await expect(inTime(clock, read(names(4)))).rejects.toBeInstanceOf(kind);
  await expect(inTime(clock, reader(clock)(names(1)))).rejects.toBeInstanceOf(kind);
});

test('a right that is missing is not waited for', async () => {
  const { calls, reader } = ssm(() => denied);
  await expect(reader(manualClock())(names(2))).rejects.toBeInstanceOf(DeniedError);
  expect(calls).toHaveLength(1);
});

test('a right that was withdrawn is told, though something was read before', async () => {
  let refusal: Answer | undefined;
  const read = ssm(() => refusal).reader(manualClock());
  await read(names(2));
  refusal = denied;
  await expect(read(names(2))).rejects.toBeInstanceOf(DeniedError);
});
