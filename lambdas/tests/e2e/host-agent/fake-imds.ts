import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export type ImdsMood = 'well' | 'slow' | 'refusing' | 'silent';

/** EC2's instance metadata service, as far as an agent and AWS's clients ask it. */
export interface FakeImds {
  readonly url: string;
  setMood(mood: ImdsMood): void;
  /** Spot takes the machine back. */
  giveNotice(at: Date): void;
  /** Paths that were asked for, each once. */
  readonly asked: ReadonlySet<string>;
  stop(): Promise<void>;
}

export interface FakeImdsOptions {
  readonly instanceId: string;
  readonly startedAt: Date;
  readonly mood?: ImdsMood;
}

const token = 'token-of-this-instance';
/** Nobody who reads a machine's logs may find them. */
export const roleSecret = 'secret-key-of-the-role';
export const roleToken = 'session-token-of-the-role';

export async function fakeImds({ instanceId, startedAt, mood: first = 'well' }: FakeImdsOptions): Promise<FakeImds> {
  let mood = first;
  const asked = new Set<string>();
  const pages = new Map<string, string>([
    ['dynamic/instance-identity/document', JSON.stringify({ instanceId, pendingTime: startedAt.toISOString() })],
    ['meta-data/iam/security-credentials/', 'runner-role'],
    ['meta-data/iam/security-credentials/runner-role', JSON.stringify(credentials())],
  ]);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (mood === 'silent') return;
    if (mood === 'slow') await wait(700);
    if (mood === 'refusing') return void response.writeHead(503).end();
    const path = (request.url ?? '').replace(/^\/latest\//, '');
    if (request.method === 'PUT' && path === 'api/token') {
      response.setHeader('x-aws-ec2-metadata-token-ttl-seconds', '21600');
      return void response.end(token);
    }
    if (request.headers['x-aws-ec2-metadata-token'] !== token) return void response.writeHead(401).end();
    asked.add(path);
    const page = pages.get(path);
    response.writeHead(page === undefined ? 404 : 200).end(page);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setMood: (next) => {
      mood = next;
    },
    giveNotice: (at) =>
      void pages.set('meta-data/spot/instance-action', JSON.stringify({ action: 'terminate', time: at.toISOString() })),
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const credentials = () => ({
  Code: 'Success',
  Type: 'AWS-HMAC',
  LastUpdated: new Date().toISOString(),
  AccessKeyId: '111111111111',
  SecretAccessKey: roleSecret,
  Token: roleToken,
  Expiration: new Date(Date.now() + 6 * 3_600_000).toISOString(),
});
