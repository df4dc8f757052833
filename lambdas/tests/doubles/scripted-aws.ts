import type { NodeHttpHandler } from '@smithy/node-http-handler';

/** One call as it went over the wire. */
export interface AwsCall {
  /** `TransactWriteItems` */
  readonly action: string;
  // biome-ignore lint/suspicious/noExplicitAny: any action's input, which the test knows.
  readonly input: any;
}

/** An answer's body; an error's code, with its fields; or a connection that breaks before the answer. */
export type AwsAnswer =
  | { readonly body: object }
  | { readonly error: string; readonly status?: number; readonly fields?: object }
  | 'broken';

export interface ScriptedAws {
  readonly calls: readonly AwsCall[];
  /** For a client's configuration. */
  readonly config: {
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly requestHandler: NodeHttpHandler;
  };
}

/** The other side of the wire of a service that speaks JSON: each call is answered by `answer`, told how many came before. */
export function scriptedAws(answer: (call: AwsCall, earlier: number) => AwsAnswer): ScriptedAws {
  const calls: AwsCall[] = [];
  const handle = async ({ headers, body }: { headers: Record<string, string>; body: string | Uint8Array }) => {
    const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
    const call = { action: headers['x-amz-target']?.split('.')[1] ?? 'none', input: JSON.parse(text) };
    const given = answer(call, calls.push(call) - 1);
    if (given === 'broken') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    const isError = 'error' in given;
    const content = isError
      ? { __type: `com.amazonaws#${given.error}`, message: given.error, ...given.fields }
      : given.body;
    const statusCode = isError ? (given.status ?? 400) : 200;
    return { response: { statusCode, headers: {}, body: Buffer.from(JSON.stringify(content)) } };
  };
  return {
    calls,
    config: {
      region: 'eu-west-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      requestHandler: { handle } as unknown as NodeHttpHandler,
    },
  };
}
