import { readFileSync } from 'node:fs';
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import type { Engine } from '../../engine/engine.ts';

export const functionNames = ['webhook', 'scale-up', 'scale-down', 'sweep'] as const;
export type FunctionName = (typeof functionNames)[number];

export interface FunctionsInput {
  readonly prefix: string;
  /** Holds `<function>.zip`. */
  readonly dist: string;
  readonly limitSeconds: number;
  readonly environmentOf: (name: FunctionName) => Readonly<Record<string, string>>;
}

export interface Functions {
  readonly arnOf: Readonly<Record<FunctionName, string>>;
  /** As a schedule does: nobody waits for the answer. */
  fire(name: FunctionName, event: object): Promise<void>;
  /** Waits for the answer; throws when the function failed. */
  call(name: FunctionName, event: object): Promise<unknown>;
}

/** Deploys the built zips, each under its name. */
export async function makeFunctions(engine: Engine, input: FunctionsInput): Promise<Functions> {
  const { url: endpoint, region, credentials, account } = engine;
  const lambda = new LambdaClient({ endpoint, region, credentials, maxAttempts: 1 });
  const made = functionNames.map(async (name) => {
    const { FunctionArn } = await lambda.send(
      new CreateFunctionCommand({
        FunctionName: `${input.prefix}-${name}`,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: `arn:aws:iam::${account}:role/${input.prefix}-${name}`,
        Code: { ZipFile: readFileSync(`${input.dist}/${name}.zip`) },
        Timeout: input.limitSeconds,
        MemorySize: 512,
        Environment: { Variables: { ...input.environmentOf(name) } },
      }),
    );
    return [name, FunctionArn ?? ''] as const;
  });
  const arnOf = Object.fromEntries(await Promise.all(made)) as Record<FunctionName, string>;
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

/** Scale-up behind its queue, as production has it. */
export async function mapQueue(engine: Engine, queueArn: string, functionArn: string, concurrency: number) {
  const { url: endpoint, region, credentials } = engine;
  const lambda = new LambdaClient({ endpoint, region, credentials });
  await lambda.send(
    new CreateEventSourceMappingCommand({
      EventSourceArn: queueArn,
      FunctionName: functionArn,
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: concurrency },
    }),
  );
}
