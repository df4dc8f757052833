import { isAllowedBy } from '../../terraform/iam-evaluator.ts';
import type { Engine } from '../engine.ts';
import { type FunctionRole, type FunctionRoles, functionRoles } from '../function-roles.ts';

/** Of a role, and not of the account itself. */
export const isSession = (accessKey: string): boolean => accessKey.startsWith('ASIA');

export interface Refusal {
  readonly type: string;
  readonly message: string;
}

/** What the functions' roles may, by an evaluator of IAM's rules on the policies that are deployed. */
export function sessionRights(engine: Engine) {
  let known: Promise<FunctionRoles> | undefined;
  const decided = new Map<string, Promise<boolean>>();

  /** A function that came since then is looked for once more. */
  async function roleOf(caller: string): Promise<FunctionRole | undefined> {
    if (!(await known)?.has(caller)) known = functionRoles(engine);
    return (await known)?.get(caller);
  }

  function mayDo({ arn, policies }: FunctionRole, action: string, resource: string): Promise<boolean> {
    const key = `${arn} ${action} ${resource}`;
    const decision = decided.get(key) ?? isAllowedBy(policies, { action, resource });
    decided.set(key, decision);
    return decision;
  }

  return {
    /** Why AWS would not do it; undefined: it would. */
    async refusalOf(caller: string, action: string, resources: readonly string[]): Promise<Refusal | undefined> {
      const role = await roleOf(caller);
      if (!role) return { type: 'UnrecognizedClientException', message: `Nobody has the access key ${caller}.` };
      for (const resource of resources) {
        if (await mayDo(role, action, resource)) continue;
        const message = `User: ${role.arn} is not authorized to perform: ${action} on resource: ${resource}`;
        return { type: 'AccessDeniedException', message };
      }
      return undefined;
    },
  };
}
