import type { Instant } from '../../core/instant.ts';
import type { FactOf } from '../facts.ts';
import type { Breach } from '../result.ts';
import { byHand } from '../world/by-hand.ts';
import type { MakeCheck } from './check.ts';
import { limitsInForce } from './limits-in-force.ts';

/** Machines that are not gone, of a fleet and of all, are never more than configured. */
export const neverOverTheLimit: MakeCheck = (run) => {
  const limits = limitsInForce(run);
  const breaches: Breach[] = [];
  const fleetOf = new Map<string, string>();
  const alive = new Map<string, number>();
  const launched = ({ instance, fleet, launchId }: FactOf<'instance-launched'>, at: Instant): void => {
    // A person may start what he likes. Once we know of it, it takes a slot, and we launch the fewer.
    if (launchId === byHand) return;
    fleetOf.set(instance, fleet);
    const count = (alive.get(fleet) ?? 0) + 1;
    alive.set(fleet, count);
    const limit = limits.ofFleet(fleet, at);
    const over = (what: string): void =>
      void breaches.push({ promise: 'never-over-the-limit', subject: instance, at, what });
    if (limit >= 0 && count > limit) over(`It is machine ${count} of ${fleet}, whose limit is ${limit}.`);
    const all = limits.ofDeployment(at);
    if (all >= 0 && fleetOf.size > all) over(`It is machine ${fleetOf.size} of the deployment, whose limit is ${all}.`);
  };
  const gone = (instance: string): void => {
    const fleet = fleetOf.get(instance);
    fleetOf.delete(instance);
    if (fleet !== undefined) alive.set(fleet, (alive.get(fleet) ?? 0) - 1);
  };
  return {
    witness(fact, at) {
      if (fact.kind === 'configured') limits.configured(at);
      else if (fact.kind === 'instance-gone') gone(fact.instance);
      else if (fact.kind === 'instance-launched') launched(fact, at);
    },
    breaches: () => breaches,
  };
};
