import type { CallsByCaller } from '../../engine/call-counts.ts';
import type { TrialTown } from './trial-town.ts';

/** By the function whose role made them, then by `<service>:<operation>`. */
export type ByRole = Readonly<Record<string, Readonly<Record<string, number>>>>;

type Counted = Pick<TrialTown, 'aws' | 'ec2' | 'deployment'>;

/** What each function called. */
export const callsByRole = (town: Counted): ByRole => byRole(town, town.aws.counts().byCaller);

/** What IAM checked for each function: actions, and the table where it was one of a table. */
export const rightsByRole = (town: Counted): ByRole => byRole(town, town.aws.rights().byCaller);

function byRole({ ec2, deployment }: Counted, others: CallsByCaller): ByRole {
  const machines = ec2.counts().byCaller;
  const roles: Record<string, Record<string, number>> = {};
  for (const [key, { name }] of deployment.roles) {
    const calls = roles[name] ?? {};
    roles[name] = calls;
    const ofEc2 = Object.entries(machines[key] ?? {}).map(([action, count]) => [`ec2:${action}`, count] as const);
    for (const [call, count] of [...Object.entries(others[key] ?? {}), ...ofEc2])
      calls[call] = (calls[call] ?? 0) + count;
  }
  return roles;
}
