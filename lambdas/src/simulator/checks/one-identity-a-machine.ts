import type { Instant } from '../../core/instant.ts';
import type { FactOf } from '../facts.ts';
import type { Breach } from '../result.ts';
import type { MakeCheck } from './check.ts';

interface Identity {
  /** The environment whose invocation has made a registration for it, and is not over. */
  minter: string | undefined;
  runner: string | undefined;
}

/** No machine becomes two runners, and no two invocations make registrations for it at once. */
export const oneIdentityAMachine: MakeCheck = () => {
  const identities = new Map<string, Identity>();
  const mintedBy = new Map<string, Set<Identity>>();
  /** Never used again; what they had sent may still arrive. */
  const over = new Set<string>();
  const breaches: Breach[] = [];
  const breach = (subject: string, at: Instant, what: string): void =>
    void breaches.push({ promise: 'nothing-leaked', subject, at, what });

  const registered = ({ instance, askedBy, name }: FactOf<'registration-made'>, at: Instant): void => {
    const identity = identities.get(instance ?? '');
    if (identity === undefined || askedBy === undefined || over.has(askedBy)) return;
    const { minter } = identity;
    if (minter !== undefined && minter !== askedBy)
      breach(name, at, `${askedBy} made it for ${instance}, while ${minter} was making another.`);
    identity.minter = askedBy;
    mintedBy.set(askedBy, (mintedBy.get(askedBy) ?? new Set()).add(identity));
  };
  const ended = ({ environment = '', outcome }: FactOf<'invocation'>): void => {
    if (outcome !== 'done') over.add(environment);
    for (const identity of mintedBy.get(environment) ?? []) {
      if (identity.minter === environment) identity.minter = undefined;
    }
    mintedBy.delete(environment);
  };
  const started = ({ instance, runner }: FactOf<'runner-started'>, at: Instant): void => {
    const identity = identities.get(instance);
    if (identity === undefined) return;
    const before = identity.runner;
    identity.runner = runner;
    if (before !== undefined && before !== runner)
      breach(instance, at, `It became ${runner}, and was ${before} before.`);
  };

  return {
    witness(fact, at) {
      if (fact.kind === 'instance-launched') identities.set(fact.instance, { minter: undefined, runner: undefined });
      else if (fact.kind === 'registration-made') registered(fact, at);
      else if (fact.kind === 'invocation') ended(fact);
      else if (fact.kind === 'runner-started') started(fact, at);
      else if (fact.kind === 'instance-gone') identities.delete(fact.instance);
    },
    breaches: () => breaches,
  };
};
