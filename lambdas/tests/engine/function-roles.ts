import { createHash } from 'node:crypto';
import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import type { Engine } from './engine.ts';

export interface FunctionRole {
  /** The function's, without the deployment's prefix. */
  readonly name: string;
  readonly arn: string;
  /** As IAM holds them: documents. */
  readonly policies: readonly Policy[];
}

export interface Policy {
  readonly Statement: readonly {
    readonly Sid?: string;
    readonly Action: string | readonly string[];
    readonly Resource: string | readonly string[];
  }[];
}

/** By the access key that a function signs with. */
export type FunctionRoles = ReadonlyMap<string, FunctionRole>;

/** Terraform calls a function by its latest version, which makes a session of its own. */
const qualifiers = ['', ':$LATEST'];

/** The roles of all functions that are deployed, whoever deployed them. */
export async function functionRoles(engine: Engine, prefix = ''): Promise<FunctionRoles> {
  const { url: endpoint, region, credentials } = engine;
  const lambda = new LambdaClient({ endpoint, region, credentials });
  const iam = new IAMClient({ endpoint, region, credentials });
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand());
  const found = Functions.map(async ({ FunctionName = '', FunctionArn = '', Role: arn = '' }) => {
    const name = FunctionName.replace(`${prefix}-`, '');
    const role = { name, arn, policies: await policiesOf(iam, arn) };
    return qualifiers.map((qualifier) => [sessionKey(`${FunctionArn}${qualifier}`, arn), role] as const);
  });
  return new Map((await Promise.all(found)).flat());
}

/** As MiniStack makes it where it enforces IAM. */
function sessionKey(functionArn: string, roleArn: string): string {
  const digest = createHash('sha256').update(`${functionArn}:${roleArn}`).digest('hex');
  return `ASIA${digest.slice(0, 16).toUpperCase()}`;
}

async function policiesOf(iam: IAMClient, roleArn: string): Promise<readonly Policy[]> {
  const RoleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const documents = PolicyNames.map(async (PolicyName) => {
    const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    return JSON.parse(decodeURIComponent(PolicyDocument)) as Policy;
  });
  return Promise.all(documents);
}
