import type { Policy } from '../engine/function-roles.ts';
import { readInRoot } from './module-tables.ts';
import type { UnseenRight } from './rights-balance.ts';

const folder = 'lambdas/tests/terraform';

/** Drain is scale-down for one fleet, with its code and its policy. */
export const policyNameOf = (role: string): string => (role === 'drain' ? 'scale-down' : role);

/** A role's policy as full as it gets: keys of one's own, images by parameter. */
export const fullPolicyOf = (role: string): Policy =>
  JSON.parse(readInRoot(`tests/golden-policies/${policyNameOf(role)}.json`)) as Policy;

/** Of all roles, by reason. */
export const unseenRights = (
  JSON.parse(readInRoot(`${folder}/unseen-rights.json`)) as { readonly unseen: readonly UnseenRight[] }
).unseen;

/** What AWS checks inside a launch, as a policy names it. */
export const launchRights: UnseenRight = {
  roles: ['scale-up'],
  rights: (
    JSON.parse(readInRoot(`${folder}/launch-rights.json`)) as {
      readonly actions: readonly { readonly action: string }[];
    }
  ).actions.map(({ action }) => action.replace(/^kms:ReEncrypt.*/, 'kms:ReEncrypt*')),
  reason: 'AWS checks it inside CreateFleet.',
};
