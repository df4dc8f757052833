import type { Breach } from '../result.ts';
import type { MakeCheck } from './check.ts';
import { limitsInForce } from './limits-in-force.ts';

/** Machines that are not gone, of a fleet and of all, are never more than configured. */
export const neverOverTheLimit: MakeCheck = (run) => {
  const limits = limitsInForce(run);
  const breaches: Breach[] = [];
  const fleetOf = new Map<string, string>();
  const alive = new Map<string, number>();
  return {
    witness(fact, at) {
      if (fact.kind === 'configured') limits.configured(at);
      if (fact.kind === 'instance-gone') {
        const fleet = fleetOf.get(fact.instance) ?? '';
        fleetOf.delete(fact.instance);
        alive.set(fleet, (alive.get(fleet) ?? 0) - 1);
      }
      if (fact.kind !== 'instance-launched') return;
      fleetOf.set(fact.instance, fact.fleet);
      const count = (alive.get(fact.fleet) ?? 0) + 1;
      alive.set(fact.fleet, count);
      const limit = limits.ofFleet(fact.fleet, at);
      const over = (what: string): void =>
        void breaches.push({ promise: 'never-over-the-limit', subject: fact.instance, at, what });
      if (limit >= 0 && count > limit) over(`It is machine ${count} of ${fact.fleet}, whose limit is ${limit}.`);
      const all = limits.ofDeployment(at);
      if (all >= 0 && fleetOf.size > all)
        over(`It is machine ${fleetOf.size} of the deployment, whose limit is ${all}.`);
    },
    breaches: () => breaches,
  };
};
