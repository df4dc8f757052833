import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Engine } from '../../engine/engine.ts';
import { functionRoles } from '../../engine/function-roles.ts';
import { countDeadLetters } from '../deployment/dead-letters.ts';
import type { Deployment, DeploymentInput } from '../deployment/deploy.ts';
import { functionCalls } from '../deployment/function-calls.ts';
import { readFunctionLogs } from '../deployment/function-logs.ts';
import { hurrySchedules } from '../deployment/hurried-schedules.ts';
import { applyQuickStart, type TrialOutput } from './apply-quick-start.ts';

/** The quick start's example is called so. */
export const quickStartPrefix = 'ex-default';

/** By the root module, as the README has people do it. */
export async function deployByTerraform(engine: Engine, input: DeploymentInput): Promise<Deployment> {
  const applied = await applyQuickStart(engine, input);
  try {
    const deployment = await terraformDeployment(engine, applied);
    return { ...deployment, stop: () => deployment.stop().finally(applied.forget) };
  } catch (error) {
    applied.forget();
    throw error;
  }
}

/** What Terraform made of that example, as the trials know it. */
export async function terraformDeployment(
  engine: Engine,
  { output, roleId }: { readonly output: TrialOutput; readonly roleId: string },
): Promise<Deployment> {
  const { url: endpoint, region, credentials } = engine;
  const lambda = new LambdaClient({ endpoint, region, credentials });
  const name = { FunctionName: output.functions.webhook };
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand(name));
  const functions = functionCalls(engine, output.functions);
  const { tables, queues } = output;
  return {
    prefix: quickStartPrefix,
    ledgerTable: tables.ledger.name,
    hostsTable: tables.hosts.name,
    queueUrl: queues.build_queue_url,
    queueArn: queues.build_queue_arn,
    deadLetterQueueUrl: queues.build_queue_dlq_url,
    webhookUrl: `${engine.url}/_aws/execute-api/${output.webhook.api_id}/webhook`,
    webhookEnvironment: Environment?.Variables ?? {},
    functions,
    roles: await functionRoles(engine, quickStartPrefix),
    roleId,
    deadLetters: () => countDeadLetters(engine, queues.build_queue_dlq_url),
    logs: () => readFunctionLogs(engine, quickStartPrefix),
    stop: hurrySchedules(functions),
  };
}
