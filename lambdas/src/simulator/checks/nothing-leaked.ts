import { groupedBy } from '../../core/grouped-by.ts';
import type { Instant } from '../../core/instant.ts';
import type { Breach } from '../result.ts';
import type { MakeCheck } from './check.ts';
import { readyWantedIn } from './ready-wanted.ts';

/** When all is quiet, nothing is left but what a pool or an idle window asks for. */
export const nothingLeaked: MakeCheck = (run) => {
  const laneOf = new Map<string, string>();
  const registrations = new Map<string, string | undefined>();
  const left = (end: Instant): readonly Breach[] => {
    const machines = [...groupedBy(laneOf, ([, lane]) => lane)].flatMap(([lane, instances]) => {
      const fleet = run.fleets().find(({ name }) => lane.startsWith(`${name}/`));
      return instances.slice(fleet === undefined ? 0 : readyWantedIn(fleet, lane, end)).map(([instance]) => instance);
    });
    const breach = (subject: string, what: string): Breach => ({ promise: 'nothing-leaked', subject, at: end, what });
    return [
      ...machines.map((instance) => breach(instance, 'This machine is still there at the end of the run.')),
      ...[...registrations]
        .filter(([, instance]) => instance === undefined || !laneOf.has(instance))
        .map(([name]) => breach(name, 'This registration has no machine, and is still there at the end of the run.')),
    ];
  };
  return {
    witness(fact) {
      if (fact.kind === 'instance-launched') laneOf.set(fact.instance, fact.lane);
      else if (fact.kind === 'instance-gone') laneOf.delete(fact.instance);
      else if (fact.kind === 'registration-made') registrations.set(fact.name, fact.instance);
      else if (fact.kind === 'registration-gone') registrations.delete(fact.name);
    },
    breaches: (end) => (end === undefined ? [] : left(end)),
  };
};
