import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type CallCounts, callCounts } from '../call-counts.ts';
import type { Certificate } from '../certificate.ts';
import type { Engine } from '../engine.ts';
import { readAwsCall } from './aws-call.ts';
import { callBucket } from './call-bucket.ts';
import { guardedCalls } from './guarded-calls.ts';
import { passTo } from './pass-to.ts';
import { rightsOfCall } from './rights-of-call.ts';
import type { Refusal } from './session-rights.ts';
import { refusalOf } from './ssm-limits.ts';

export interface AwsProxyOptions {
  /** What is behind. */
  readonly engine: Engine;
  /** With it, TLS here, and upstream too. */
  readonly certificate?: Certificate;
}

export interface AwsProxy {
  readonly url: string;
  /** By `<service>:<operation>`; those that a limit refused are `… refused`. */
  counts(): CallCounts;
  /** The same by what IAM checked. */
  rights(): CallCounts;
  stop(): Promise<void>;
}

/** AWS's default for Get and Put together. */
const ssmCallsPerSecond = 40;

/** Stands in front of all services but EC2: counts who calls what, and holds SSM, which knows no limits, to AWS's. */
export async function startAwsProxy({ engine, certificate }: AwsProxyOptions): Promise<AwsProxy> {
  const [counts, rights] = [callCounts(), callCounts()];
  const bucket = callBucket(ssmCallsPerSecond);
  const upstream = passTo(engine.url, certificate);
  const guarded = guardedCalls(engine);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readAwsCall(request);
    const { caller, service, operation, body } = call;
    const isLimited = service === 'ssm' && (bucket.takes() ? refusalOf(operation, body.toString('utf8')) : throttled);
    counts.add({ caller, action: `${service}:${operation}${isLimited ? ' refused' : ''}` });
    if (isLimited) return refuse(response, isLimited);
    for (const action of rightsOfCall(call)) rights.add({ caller, action });
    const { refusal, body: told } = (await guarded.answer(call)) ?? {};
    if (refusal) return refuse(response, refusal);
    if (told) return tell(response, 200, told);
    await upstream.pass(request, body, response);
  }

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  };
  const server = certificate ? createSecureServer(certificate.pem, listener) : createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `${certificate ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts: counts.read,
    rights: rights.read,
    async stop() {
      server.closeAllConnections();
      server.close();
      upstream.stop();
      await once(server, 'close');
    },
  };
}

const throttled: Refusal = { type: 'ThrottlingException', message: 'Rate exceeded' };

const refuse = (response: ServerResponse, { type, message }: Refusal): void =>
  tell(response, 400, { __type: type, message });

const tell = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
};
