import { ageSeconds, type Instant } from '../../core/instant.ts';
import type { Breach } from '../result.ts';
import type { CheckedRun, MakeCheck } from './check.ts';

interface Stray {
  readonly made: string;
  readonly since: Instant;
}

/** In a well world, what is registered for a machine that is gone is seen, suspected for a while, and removed. */
export const noRegistrationOutlivesItsMachine: MakeCheck = (run) => {
  const alive = new Set<string>();
  /** Registrations that are there, by machine, and whose they are. */
  const namesOf = new Map<string, Set<string>>();
  const madeFor = new Map<string, string>();
  const strays = new Map<string, Stray>();
  const breaches: Breach[] = [];

  const suspect = (name: string, instance: string, at: Instant): void =>
    void strays.set(name, { made: instance, since: Math.max(at, run.faultsEndAt) });
  const judge = (name: string, at: Instant): void => {
    const stray = strays.get(name);
    strays.delete(name);
    if (stray === undefined || ageSeconds(stray.since, at) <= limitSeconds(run)) return;
    const minutes = Math.round(ageSeconds(stray.since, at) / 60);
    const what = `It outlived its machine ${stray.made} by ${minutes} minutes in which nothing was wrong.`;
    breaches.push({ promise: 'nothing-leaked', subject: name, at, what });
  };

  return {
    witness(fact, at) {
      switch (fact.kind) {
        case 'instance-launched':
          return void alive.add(fact.instance);
        case 'instance-gone':
          alive.delete(fact.instance);
          for (const name of namesOf.get(fact.instance) ?? []) suspect(name, fact.instance, at);
          return void namesOf.delete(fact.instance);
        case 'registration-made': {
          const { instance = '', name } = fact;
          madeFor.set(name, instance);
          if (!alive.has(instance)) return suspect(name, instance, at);
          return void namesOf.set(instance, (namesOf.get(instance) ?? new Set()).add(name));
        }
        case 'registration-gone':
          namesOf.get(madeFor.get(fact.name) ?? '')?.delete(fact.name);
          madeFor.delete(fact.name);
          return judge(fact.name, at);
        default:
      }
    },
    breaches: () => breaches,
  };
};

/** It is offline first. Strays are looked for at half their age, and go at the first look after it; two looks may be lost. */
const limitSeconds = ({ timing }: CheckedRun): number => 3 * timing.strayRegistrationSeconds + 2 * timing.sweepSeconds;
