import { expect, test } from '@jest/globals';
import { readInRoot } from './module-tables.ts';
import { rightsOf } from './rights-balance.ts';
import { fullPolicyOf, unseenRights } from './unseen-rights.ts';

const ofEveryFunction = readInRoot('modules/lambda/policy.tf');

const rightsOfRole = (role: string): readonly string[] => rightsOf(fullPolicyOf(role));

test('every right that needs a reason is one that a role of that line has', () => {
  const without = unseenRights.flatMap(({ roles, rights }) =>
    rights.filter(
      (right) => !ofEveryFunction.includes(`"${right}"`) && !roles.some((role) => rightsOfRole(role).includes(right)),
    ),
  );
  expect(without).toEqual([]);
});

test('every line has a reason of its own', () => {
  const reasons = unseenRights.map(({ reason }) => reason);
  expect(reasons.filter((reason, place) => !/\.$/.test(reason) || reasons.indexOf(reason) !== place)).toEqual([]);
});
