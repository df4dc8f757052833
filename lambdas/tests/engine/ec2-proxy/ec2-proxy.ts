import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerControl, controlPath } from './control-endpoint.ts';
import { type Ec2Call, Ec2Refusal, readCall } from './ec2-call.ts';
import type { Ec2Control } from './ec2-control.ts';
import { type Ec2World, type Ec2WorldOptions, ec2World } from './ec2-world.ts';
import type { Loss } from './faults.ts';
import { answerXml, errorXml } from './xml.ts';

export interface Ec2ProxyOptions extends Ec2WorldOptions {
  /** 0: any that is free. */
  readonly port?: number;
}

export interface Ec2Proxy {
  readonly url: string;
  /** The same as `POST <url>/_proxy/<name>` with the argument as JSON. */
  readonly control: Ec2Control;
  stop(): Promise<void>;
}

/** EC2 as AWS has it, as far as runners can tell: what moto does not do, this does itself, and it counts every call. */
export async function startEc2Proxy(options: Ec2ProxyOptions): Promise<Ec2Proxy> {
  const world = ec2World(options);
  const server = createServer((request, response) => {
    const isControl = request.url?.startsWith(controlPath);
    const answered = isControl ? answerControl(world.control, request, response) : answer(world, request, response);
    answered.catch((error: unknown) =>
      response.writeHead(500).end(errorXml('InternalError', String(error), randomUUID())),
    );
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    control: world.control,
    stop: async () => {
      world.stop();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(world: Ec2World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const call = await readCall(request);
  world.count(call);
  await sleep(world.latencySeconds() * 1000);
  const fault = world.faultOf(call.action);
  if (fault instanceof Ec2Refusal) return refuse(response, fault);
  if (fault?.when === 'before') return lose(response, fault);
  const answered = await resultOf(world, call);
  if (fault) return lose(response, fault);
  if (answered instanceof Ec2Refusal) return refuse(response, answered);
  response.writeHead(answered.status, { 'content-type': 'text/xml;charset=UTF-8' }).end(answered.body);
}

async function resultOf(world: Ec2World, call: Ec2Call) {
  const act = world.actions.get(call.action);
  if (act === undefined) return world.pass(call);
  try {
    return { status: 200, body: answerXml(call.action, randomUUID(), await act(call)) };
  } catch (error) {
    if (error instanceof Ec2Refusal) return error;
    throw error;
  }
}

function refuse(response: ServerResponse, { code, message, status }: Ec2Refusal): void {
  response.writeHead(status, { 'content-type': 'text/xml;charset=UTF-8' });
  response.end(errorXml(code, message, randomUUID()));
}

function lose(response: ServerResponse, { how }: Loss): void {
  if (how === 'error') refuse(response, new Ec2Refusal('InternalError', 'An internal error has occurred', 500));
  else if (how === 'reset') response.destroy();
}
