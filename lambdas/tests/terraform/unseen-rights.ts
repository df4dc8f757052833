import { readInRoot } from './module-tables.ts';
import type { UnseenRight } from './rights-balance.ts';

const folder = 'lambdas/tests/terraform';

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
