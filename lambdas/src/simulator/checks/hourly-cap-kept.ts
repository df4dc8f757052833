import { after, type Instant } from '../../core/instant.ts';
import type { Breach } from '../result.ts';
import { byHand } from '../world/by-hand.ts';
import type { MakeCheck } from './check.ts';

/** A leaky bucket: a whole hour's launches at once, while another hour's flow away. */
const capsInAnHour = 2;

/** A fleet's launches in any hour are bounded, whatever they are for; what a person starts is not ours to bound. */
export const hourlyCapKept: MakeCheck = (run) => {
  const launches = new Map<string, Instant[]>();
  const breaches: Breach[] = [];
  return {
    witness(fact, at) {
      if (fact.kind !== 'instance-launched' || fact.launchId === byHand) return;
      const { fleet: name, instance } = fact;
      const limit = capsInAnHour * (run.fleets().find((fleet) => fleet.name === name)?.launchesPerHourLimit ?? 0);
      const lately = launches.get(name) ?? [];
      launches.set(name, lately);
      const first = lately.length >= limit ? lately.at(-limit) : undefined;
      if (limit > 0 && first !== undefined && first > after(at, -3600)) {
        const what = `It is launch ${limit + 1} of ${name} in an hour.`;
        breaches.push({ promise: 'nothing-leaked', subject: instance, at, what });
      }
      lately.push(at);
      if (lately.length > 2 * limit) launches.set(name, lately.slice(-limit));
    },
    breaches: () => breaches,
  };
};
