import type { Policy } from '../engine/function-roles.ts';

export interface RoleRights {
  readonly role: string;
  /** As they are deployed. */
  readonly policies: readonly Policy[];
  /** As full as they get by other inputs. */
  readonly fullest?: readonly Policy[];
  /** As IAM checked them: `sqs:SendMessage`, `dynamodb:PutItem on ci-ledger`. */
  readonly seen: readonly string[];
}

/** A right that no run of the tests shows, and why the role has it nevertheless. */
export interface UnseenRight {
  readonly roles: readonly string[];
  readonly rights: readonly string[];
  readonly reason: string;
  readonly source?: string;
}

/** What a role did and may not, and what it may and never did, in sentences; none: its policies are exactly right. */
export function unbalancedRights(of: RoleRights, unseen: readonly UnseenRight[]): readonly string[] {
  const { role, policies, fullest = [] } = of;
  const allowed = new Set(policies.flatMap(rightsOf));
  const possible = new Set([...allowed, ...fullest.flatMap(rightsOf)]);
  const seen = new Set(of.seen.map(ofAnyDeployment));
  const explained = new Set(unseen.filter(({ roles }) => roles.includes(role)).flatMap(({ rights }) => rights));
  return [
    ...[...seen].filter((right) => !allowed.has(right)).map((right) => `${role} used ${right}, and may not`),
    ...[...possible]
      .filter((right) => !seen.has(right) && !explained.has(right))
      .map((right) => `${role} may use ${right}, and never did: unseen-rights.json gives no reason`),
  ];
}

/** Each action of a policy; on tables, each table's by itself. */
export const rightsOf = ({ Statement }: Policy): readonly string[] =>
  Statement.flatMap(({ Action, Resource }) => {
    const tables = [Resource].flat().flatMap((arn) => /:table\/([^/]+)$/.exec(arn)?.[1] ?? []);
    const actions = [Action].flat();
    if (tables.length === 0) return actions;
    return actions.flatMap((action) => tables.map((table) => ofAnyDeployment(`${action} on ${table}`)));
  });

/** A table's name without the deployment's prefix. */
const ofAnyDeployment = (right: string): string => right.replace(/ on .*-(?=[a-z]+$)/, ' on ');
