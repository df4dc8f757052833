import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { imds } from './imds.ts';
import { instanceIdentity } from './instance-identity.ts';

interface Asked {
  readonly line: string;
  readonly token: string | undefined;
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Answers with a status and a text, or never. */
async function answering(answer: (asked: Asked) => readonly [status: number, text?: string] | undefined) {
  const calls: Asked[] = [];
  const server = createServer((request, response) => {
    const asked = {
      line: `${request.method} ${request.url}`,
      token: request.headers['x-aws-ec2-metadata-token'] as string | undefined,
    };
    calls.push(asked);
    const answered = answer(asked);
    if (answered) response.writeHead(answered[0]).end(answered[1]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { calls, metadata: imds({ endpoint, answerLimitSeconds: 0.2 }) };
}

test('a token is fetched once, and used', async () => {
  const { calls, metadata } = await answering(({ line }) => (line.startsWith('PUT') ? [200, 't-1'] : [200, 'a']));
  expect([await metadata.get('meta-data/a'), await metadata.get('meta-data/b')]).toEqual(['a', 'a']);
  expect(calls.map(({ line }) => line)).toEqual([
    'PUT /latest/api/token',
    'GET /latest/meta-data/a',
    'GET /latest/meta-data/b',
  ]);
  expect(calls.map(({ token }) => token)).toEqual([undefined, 't-1', 't-1']);
});

test('a token that is refused is fetched anew, and once only', async () => {
  let tokens = 0;
  const { calls, metadata } = await answering(({ line, token }) => {
    if (line.startsWith('PUT')) {
      tokens += 1;
      return [200, `t-${tokens}`];
    }
    return token === 't-2' ? [200, 'b'] : [401];
  });
  expect(await metadata.get('meta-data/b')).toBe('b');
  expect(calls).toHaveLength(4);
  const refused = await answering(({ line }) => (line.startsWith('PUT') ? [200, 't'] : [401]));
  await expect(refused.metadata.get('x')).rejects.toThrow('it answered 401 to x');
  expect(refused.calls).toHaveLength(4);
});

test('what is not there is nothing, and what fails is an error that says so', async () => {
  const { metadata } = await answering(({ line }) => {
    if (line.startsWith('PUT')) return [200, 't'];
    return line.endsWith('/none') ? [404] : line.endsWith('/never') ? undefined : [500];
  });
  expect(await metadata.get('none')).toBeUndefined();
  await expect(metadata.get('broken')).rejects.toThrow('instance metadata: it answered 500 to broken');
  await expect(metadata.get('never')).rejects.toThrow('instance metadata: no answer within 0.2 s');
});

test('a machine is what its identity document says', async () => {
  const document = { instanceId: 'i-1', pendingTime: '2026-01-01T00:00:00Z', region: 'eu-central-1' };
  expect(await instanceIdentity({ get: async () => JSON.stringify(document) })).toEqual({
    instanceId: 'i-1',
    startedAt: Date.UTC(2026, 0, 1),
  });
  await expect(instanceIdentity({ get: async () => '{}' })).rejects.toThrow('names no instance');
  await expect(instanceIdentity({ get: async () => undefined })).rejects.toThrow('no identity document');
});
