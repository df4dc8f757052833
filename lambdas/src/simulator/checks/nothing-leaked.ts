import type { Instant } from '../../core/instant.ts';
import type { Breach } from '../result.ts';
import type { MakeCheck } from './check.ts';
import { readyWanted } from './ready-wanted.ts';

/** When all is quiet, nothing is left but what a pool or an idle window asks for. */
export const nothingLeaked: MakeCheck = (run) => {
  const fleetOf = new Map<string, string>();
  const registrations = new Map<string, string | undefined>();
  const left = (end: Instant): readonly Breach[] => {
    const byFleet = new Map<string, string[]>();
    for (const [instance, fleet] of fleetOf) byFleet.set(fleet, [...(byFleet.get(fleet) ?? []), instance]);
    const machines = [...byFleet].flatMap(([fleet, instances]) => {
      const config = run.fleets().find(({ name }) => name === fleet);
      return instances.slice(config === undefined ? 0 : readyWanted(config, end));
    });
    const breach = (subject: string, what: string): Breach => ({ promise: 'nothing-leaked', subject, at: end, what });
    return [
      ...machines.map((instance) => breach(instance, 'This machine is still there at the end of the run.')),
      ...[...registrations]
        .filter(([, instance]) => instance === undefined || !fleetOf.has(instance))
        .map(([name]) => breach(name, 'This registration has no machine, and is still there at the end of the run.')),
    ];
  };
  return {
    witness(fact) {
      if (fact.kind === 'instance-launched') fleetOf.set(fact.instance, fact.fleet);
      else if (fact.kind === 'instance-gone') fleetOf.delete(fact.instance);
      else if (fact.kind === 'registration-made') registrations.set(fact.name, fact.instance);
      else if (fact.kind === 'registration-gone') registrations.delete(fact.name);
    },
    breaches: (end) => (end === undefined ? [] : left(end)),
  };
};
