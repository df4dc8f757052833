import { expect, test } from '@jest/globals';
import type { Policy } from '../engine/function-roles.ts';
import { readInRoot } from './module-tables.ts';
import { rightsOf } from './rights-balance.ts';
import { unseenRights } from './unseen-rights.ts';

/** Drain is scale-down for one fleet, with its policy. */
const goldenOf: Readonly<Record<string, string>> = { drain: 'scale-down' };
const ofEveryFunction = readInRoot('modules/lambda/policy.tf');

const rightsOfRole = (role: string): readonly string[] =>
  rightsOf(JSON.parse(readInRoot(`tests/golden-policies/${goldenOf[role] ?? role}.json`)) as Policy);

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
