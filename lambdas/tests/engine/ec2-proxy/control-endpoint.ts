import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Ec2Control } from './ec2-control.ts';

export const controlPath = '/_proxy/';

/** `POST /_proxy/<name>` with the argument as JSON does what `control.<name>(argument)` does. */
export async function answerControl(
  control: Ec2Control,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const name = request.url?.slice(controlPath.length) ?? '';
  const body = await text(request);
  if (!Object.hasOwn(control, name)) {
    response.writeHead(404).end(`There is no ${name}; there are: ${Object.keys(control).join(', ')}.`);
    return;
  }
  const act = control[name as keyof Ec2Control] as (argument: unknown) => unknown;
  const result = act(body === '' ? undefined : JSON.parse(body));
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result ?? null));
}

/** The same control from another process. */
export type RemoteControl = {
  readonly [Name in keyof Ec2Control]: (
    ...given: Parameters<Ec2Control[Name]>
  ) => Promise<ReturnType<Ec2Control[Name]>>;
};

export function remoteControl(proxyUrl: string): RemoteControl {
  const post = async (name: string, argument: unknown): Promise<unknown> => {
    const body = argument === undefined ? null : JSON.stringify(argument);
    const response = await fetch(`${proxyUrl}${controlPath}${name}`, { method: 'POST', body });
    if (!response.ok) throw new Error(`The EC2 proxy refused ${name}: ${await response.text()}`);
    return response.json();
  };
  return new Proxy({} as RemoteControl, {
    // It is no promise, whoever awaits it.
    get: (_, name) => (name === 'then' ? undefined : (argument: unknown) => post(String(name), argument)),
  });
}
