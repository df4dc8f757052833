import { runSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import { readInRoot } from './module-tables.ts';

export interface AskedRight {
  readonly action: string;
  readonly resource: string;
  /** What AWS knows of the call, by condition key. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export const account = '111111111111';
const principal = `arn:aws:sts::${account}:assumed-role/ci-role/i-0123456789abcdef0`;

/** A key answers to whom its own policy names: by default, to the account's. */
const keyPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }],
};

/** Whether a role's rendered policy allows a call, by IAM's own rules. */
export const isAllowed = (role: string, asked: AskedRight): Promise<boolean> =>
  isAllowedBy([JSON.parse(readInRoot(`tests/golden-policies/${role}.json`))], asked);

/** Whether policies of one role together allow a call. */
export async function isAllowedBy(policies: readonly unknown[], asked: AskedRight): Promise<boolean> {
  const { action, resource, context = {} } = asked;
  const contextVariables = Object.fromEntries(
    Object.entries(context).map(([key, value]) => [key, typeof value === 'string' ? value : [...value]]),
  );
  const simulation: Simulation = {
    request: { principal, action, resource: { resource, accountId: account }, contextVariables },
    identityPolicies: policies.map((policy, number) => ({ name: `policy-${number}`, policy })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(action.startsWith('kms:') && { resourcePolicy: keyPolicy }),
  };
  const outcome = await runSimulation(simulation, {});
  if (outcome.resultType !== 'single') throw new Error(`${action} on ${resource}: ${JSON.stringify(outcome)}`);
  // A key that the call does not have would be dropped, and the answer would be about another call.
  const ignored = outcome.result.ignoredContextKeys ?? [];
  if (ignored.length > 0) throw new Error(`${action} on ${resource} has no ${ignored.join(', ')}.`);
  return outcome.overallResult === 'Allowed';
}
