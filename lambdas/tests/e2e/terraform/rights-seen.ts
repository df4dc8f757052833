import { unbalancedRights } from '../../terraform/rights-balance.ts';
import { fullPolicyOf, launchRights, policyNameOf, unseenRights } from '../../terraform/unseen-rights.ts';
import { rightsByRole } from '../trial/calls-by-role.ts';
import type { TrialTown } from '../trial/trial-town.ts';

/** What the functions' roles may too much or too little, by what they used since they were deployed. */
export function unbalancedDeployment(town: TrialTown): readonly string[] {
  const used = rightsByRole(town);
  const reasons = [...unseenRights, launchRights];
  const roles = new Map([...town.deployment.roles.values()].map((role) => [role.name, role]));
  return [...roles.values()].flatMap(({ name: role, policies }) => {
    // Of all who share a policy.
    const seen = [role, policyNameOf(role)].flatMap((one) => Object.keys(used[one] ?? {}));
    return unbalancedRights({ role, policies, fullest: [fullPolicyOf(role)], seen }, reasons);
  });
}
