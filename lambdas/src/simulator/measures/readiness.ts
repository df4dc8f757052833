import type { Instant } from '../../core/instant.ts';
import type { Witness } from '../facts.ts';
import type { Readiness } from '../result.ts';
import { firstStarts } from './first-starts.ts';
import { machinePhases } from './machine-phases.ts';
import { type ReadyWanted, wantedIdleCost } from './wanted-idle-cost.ts';

/**
 * What runners that were there before their job were worth. A runner served from readiness if it had been idle since
 * before the job was queued; one that was busy then, and free later, was no readier than a new one.
 * A negative saving is no mistake: then the ready ones' jobs waited longer than the others. Without others there is none.
 */
export interface ReadinessMeasure {
  readonly hear: Witness;
  figures(at: Instant): Readiness;
}

interface Waited {
  jobs: number;
  milliseconds: number;
}

export function readiness(readyWanted: ReadyWanted): ReadinessMeasure {
  const served: Waited = { jobs: 0, milliseconds: 0 };
  const others: Waited = { jobs: 0, milliseconds: 0 };
  const idleSince = new Map<string, Instant>();
  const idleCost = wantedIdleCost(readyWanted);

  const phases = machinePhases(({ launch, phase }, next, at) => {
    const { instance, fleet, dollarsAnHour } = launch;
    if (phase === 'idle') {
      idleSince.delete(instance);
      idleCost.end(fleet, dollarsAnHour, at);
    }
    if (next === 'idle') {
      idleSince.set(instance, at);
      idleCost.begin(fleet, dollarsAnHour, at);
    }
  });

  const starts = firstStarts(({ instance }, queuedAt, at) => {
    const waited = (idleSince.get(instance) ?? at + 1) <= queuedAt ? served : others;
    waited.jobs += 1;
    waited.milliseconds += at - queuedAt;
  });

  return {
    hear(fact, at) {
      // Before the start makes its machine busy.
      starts(fact, at);
      phases.hear(fact, at);
    },
    figures: (at) => ({
      jobsServed: served.jobs,
      savedSeconds: savedMilliseconds(served, others) / 1000,
      cost: idleCost.dollars(at),
    }),
  };
}

const savedMilliseconds = (served: Waited, others: Waited): number =>
  others.jobs === 0 ? 0 : (served.jobs * others.milliseconds) / others.jobs - served.milliseconds;
