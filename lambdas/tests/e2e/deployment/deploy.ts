import { version } from '../../../src/core/version.ts';
import type { Engine } from '../../engine/engine.ts';
import { type FunctionRoles, functionRoles } from '../../engine/function-roles.ts';
import { countDeadLetters } from './dead-letters.ts';
import { putDocuments } from './documents.ts';
import type { FunctionName, Functions } from './function-calls.ts';
import { type LogLine, readFunctionLogs } from './function-logs.ts';
import { makeFunctions, mapQueue } from './functions.ts';
import { hurrySchedules } from './hurried-schedules.ts';
import { makeLaunchTemplate } from './launch-template.ts';
import { makeRoles } from './roles.ts';
import { makeStores, type Stores } from './stores.ts';
import { machinePatterns, makeApi, makeRule } from './triggers.ts';

export interface DeploymentInput {
  /** Holds the built zips. */
  readonly dist: string;
  readonly app: {
    readonly id: number;
    readonly key: string;
    readonly webhookSecret: string;
    /** The forge's address. */
    readonly url: string;
  };
  readonly ec2Url: string;
  /** Runners at once. */
  readonly limit: number;
  /** Divides every waiting time. */
  readonly timeScale: number;
  /** Neither schedules nor EC2's events: the test calls what it wants. */
  readonly isQuiet?: boolean;
  /** Fields of the fleet's document, in place of the usual ones. */
  readonly fleet?: Readonly<Record<string, unknown>>;
}

export interface Deployment extends Stores {
  /** What its names begin with, and its machines are tagged with. */
  readonly prefix: string;
  readonly webhookUrl: string;
  /** What the webhook's function has in its environment, the engine's part too. */
  readonly webhookEnvironment: Readonly<Record<string, string>>;
  readonly functions: Functions;
  readonly roles: FunctionRoles;
  readonly roleId: string;
  /** Messages that nobody could handle. */
  deadLetters(): Promise<number>;
  /** What the functions said so far. */
  logs(): Promise<readonly LogLine[]>;
  /** Ends the shortened schedules. */
  stop(): Promise<void>;
}

const prefix = 'ci';
const root = `/github-action-runners/${prefix}`;
const functionLimitSeconds = 60;
const roleId = 'AROAENDTOENDTESTS001';
export const fleetName = 'linux-x64';

/** Deploys the zips with the environment, queue, mappings, rules and documents that production has. */
export async function deploy(engine: Engine, input: DeploymentInput): Promise<Deployment> {
  const stores = await makeStores(engine, prefix, functionLimitSeconds);
  const template = await makeLaunchTemplate(engine, input.ec2Url, prefix);
  const documents = await putDocuments(engine, {
    root,
    appId: input.app.id,
    appKey: input.app.key,
    webhookSecret: input.app.webhookSecret,
    forge: { kind: 'github', url: input.app.url },
    deployment: deploymentDocument(stores, input),
    fleets: { [fleetName]: { ...fleetDocument(template, input.limit), ...input.fleet } },
  });
  const environmentOf = (name: FunctionName): Readonly<Record<string, string>> => ({
    CONFIG_PARAMETERS: (name === 'webhook' ? documents.webhook : documents.control).join(' '),
    CONFIG_HASH: 'the-first',
  });
  const functions = await makeFunctions(engine, {
    prefix,
    dist: input.dist,
    roleOf: await makeRoles(engine, prefix),
    limitSeconds: functionLimitSeconds,
    environmentOf,
  });
  await mapQueue(engine, stores.queueArn, functions.arnOf['scale-up'], 5);
  if (!input.isQuiet) await makeRules(engine, functions);
  const webhookUrl = await makeApi(engine, prefix, functions.arnOf.webhook);
  const stop = input.timeScale > 1 ? hurrySchedules(functions) : async () => undefined;
  return {
    ...stores,
    prefix,
    webhookUrl,
    webhookEnvironment: { ...engineEnvironment(engine), ...environmentOf('webhook') },
    functions,
    roles: await functionRoles(engine, prefix),
    roleId,
    deadLetters: () => countDeadLetters(engine, stores.deadLetterQueueUrl),
    logs: () => readFunctionLogs(engine, prefix),
    stop,
  };
}

async function makeRules(engine: Engine, { arnOf }: Functions): Promise<void> {
  await makeRule(engine, `${prefix}-sweep`, { schedule: 'rate(1 minute)' }, arnOf.sweep);
  await makeRule(engine, `${prefix}-scale-down`, { schedule: 'rate(1 minute)' }, arnOf['scale-down']);
  for (const [name, pattern] of Object.entries(machinePatterns)) {
    await makeRule(engine, `${prefix}-${name}`, { pattern }, arnOf.sweep);
  }
}

/** As the engine gives it to each function. */
const engineEnvironment = ({ url, region, credentials }: Engine) => ({
  AWS_REGION: region,
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
});

const deploymentDocument = (stores: Stores, { timeScale }: DeploymentInput) => ({
  version,
  prefix,
  compute: { kind: 'ec2' },
  timeScale,
  aws: {
    ledgerTable: stores.ledgerTable,
    hostsTable: stores.hostsTable,
    queueUrl: stores.queueUrl,
  },
});

const fleetDocument = (template: Awaited<ReturnType<typeof makeLaunchTemplate>>, limit: number) => ({
  labels: ['self-hosted', 'linux', 'x64'],
  runnersMaximumCount: limit,
  launchesPerHourLimit: 100_000,
  instanceTypes: ['m7i.large', 'm6i.large'],
  ec2: { ...template, roleId },
});
