import { readFileSync } from 'node:fs';
import { CreateEventSourceMappingCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Engine } from '../../engine/engine.ts';
import { type FunctionName, type Functions, functionCalls, functionNames } from './function-calls.ts';

export interface FunctionsInput {
  readonly prefix: string;
  /** Holds `<function>.zip`. */
  readonly dist: string;
  /** ARNs. */
  readonly roleOf: Readonly<Record<FunctionName, string>>;
  readonly limitSeconds: number;
  readonly environmentOf: (name: FunctionName) => Readonly<Record<string, string>>;
}

/** Deploys the built zips, each under its name. */
export async function makeFunctions(engine: Engine, input: FunctionsInput): Promise<Functions> {
  const { url: endpoint, region, credentials } = engine;
  const lambda = new LambdaClient({ endpoint, region, credentials, maxAttempts: 1 });
  const made = functionNames.map(async (name) => {
    const { FunctionArn } = await lambda.send(
      new CreateFunctionCommand({
        FunctionName: `${input.prefix}-${name}`,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: input.roleOf[name],
        Code: { ZipFile: readFileSync(`${input.dist}/${name}.zip`) },
        Timeout: input.limitSeconds,
        MemorySize: 512,
        Environment: { Variables: { ...input.environmentOf(name) } },
      }),
    );
    return [name, FunctionArn ?? ''] as const;
  });
  const arnOf = Object.fromEntries(await Promise.all(made)) as Record<FunctionName, string>;
  return functionCalls(engine, arnOf);
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
