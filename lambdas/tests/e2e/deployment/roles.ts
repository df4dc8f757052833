import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import type { Engine } from '../../engine/engine.ts';
import { type FunctionName, functionNames } from './function-calls.ts';

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const anything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** A role each, so that their calls can be told apart. What each may do is shown where Terraform deploys. */
export async function makeRoles(engine: Engine, prefix: string): Promise<Readonly<Record<FunctionName, string>>> {
  const { url: endpoint, region, credentials } = engine;
  const iam = new IAMClient({ endpoint, region, credentials });
  const made = functionNames.map(async (name) => {
    const RoleName = `${prefix}-${name}`;
    const role = { RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) };
    const { Role } = await iam.send(new CreateRoleCommand(role));
    const policy = { RoleName, PolicyName: 'anything', PolicyDocument: JSON.stringify(anything) };
    await iam.send(new PutRolePolicyCommand(policy));
    return [name, Role?.Arn ?? ''] as const;
  });
  return Object.fromEntries(await Promise.all(made)) as Record<FunctionName, string>;
}
