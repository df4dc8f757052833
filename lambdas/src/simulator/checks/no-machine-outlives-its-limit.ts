import { after, type Instant } from '../../core/instant.ts';
import type { FactOf } from '../facts.ts';
import type { Breach } from '../result.ts';
import type { MakeCheck } from './check.ts';

/** Of a fleet that is not configured any more. */
const usualLimitHours = 121;
/** Until a timer outside of the agent looks again, and a shutdown that hangs is forced. */
const marginSeconds = 1800;

/** No machine lives beyond its hard limit, whoever else is up. */
export const noMachineOutlivesItsLimit: MakeCheck = (run) => {
  const endsBy = new Map<string, Instant>();
  const breaches: Breach[] = [];
  const breach = (subject: string, at: Instant): Breach => ({
    ...{ promise: 'nothing-leaked', subject, at, what: 'This machine lives beyond its hard limit.' },
  });
  const launched = ({ instance, fleet: name }: FactOf<'instance-launched'>, at: Instant): void => {
    const hours = run.fleets().find((fleet) => fleet.name === name)?.hardLimitHours ?? usualLimitHours;
    endsBy.set(instance, after(at, hours * 3600 + marginSeconds));
  };
  const isLate = (instance: string, at: Instant): boolean => at > (endsBy.get(instance) ?? at);
  return {
    witness(fact, at) {
      if (fact.kind === 'instance-launched') launched(fact, at);
      if (fact.kind !== 'instance-gone') return;
      if (isLate(fact.instance, at)) breaches.push(breach(fact.instance, at));
      endsBy.delete(fact.instance);
    },
    breaches: (end) =>
      end === undefined
        ? breaches
        : [
            ...breaches,
            ...[...endsBy.keys()].filter((instance) => isLate(instance, end)).map((one) => breach(one, end)),
          ],
  };
};
