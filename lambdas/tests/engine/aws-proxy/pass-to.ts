import { Agent, type IncomingMessage, request as plainRequest, type ServerResponse } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { Certificate } from '../certificate.ts';

export interface Upstream {
  /** Hands a request on as it came, its signed headers included, and its answer back. */
  pass(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void>;
  stop(): void;
}

/** Shorter than the server behind keeps a silent connection, so that none is used which it just closed. */
const idleSeconds = 2;

export function passTo(url: string, certificate?: Certificate): Upstream {
  const { hostname, port } = new URL(url);
  const options = { keepAlive: true, timeout: idleSeconds * 1000, scheduling: 'lifo' as const };
  const agent = certificate ? new SecureAgent({ ...options, ca: certificate.pem.cert }) : new Agent(options);
  const send = certificate ? secureRequest : plainRequest;
  return {
    pass: ({ method, url: path, headers }, body, response) =>
      new Promise((resolve, reject) => {
        const passed = send({ hostname, port, method, path, headers, agent }, (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
          answer.on('error', reject);
          response.on('close', resolve);
        });
        passed.on('error', reject);
        passed.end(body);
      }),
    stop: () => agent.destroy(),
  };
}
