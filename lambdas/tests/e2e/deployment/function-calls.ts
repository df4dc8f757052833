import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Engine } from '../../engine/engine.ts';

export const functionNames = ['webhook', 'scale-up', 'scale-down', 'sweep'] as const;
export type FunctionName = (typeof functionNames)[number];

export interface Functions {
  readonly arnOf: Readonly<Record<FunctionName, string>>;
  /** As a schedule does: nobody waits for the answer. */
  fire(name: FunctionName, event: object): Promise<void>;
  /** Waits for the answer; throws when the function failed. */
  call(name: FunctionName, event: object): Promise<unknown>;
}

/** Invokes what is deployed, whoever deployed it. */
export function functionCalls(engine: Engine, arnOf: Functions['arnOf']): Functions {
  const { url: endpoint, region, credentials } = engine;
  const lambda = new LambdaClient({ endpoint, region, credentials, maxAttempts: 1 });
  const invoke = (name: FunctionName, event: object, type: 'Event' | 'RequestResponse') =>
    lambda.send(
      new InvokeCommand({
        FunctionName: arnOf[name],
        InvocationType: type,
        Payload: Buffer.from(JSON.stringify(event)),
      }),
    );
  return {
    arnOf,
    async fire(name, event) {
      await invoke(name, event, 'Event');
    },
    async call(name, event) {
      const { Payload, FunctionError } = await invoke(name, event, 'RequestResponse');
      const text = Buffer.from(Payload ?? []).toString('utf8');
      if (FunctionError) throw new Error(`${name} failed: ${text}`);
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    },
  };
}
