import type { FleetConfig } from '../../core/config.ts';
import { after, type Instant } from '../../core/instant.ts';
import { laneKey } from '../../core/lane.ts';
import { fleetFor, laneFor } from '../../core/match.ts';
import { poolOf } from '../../core/scale-down-plan.ts';
import type { Timing } from '../../core/timing.ts';
import type { FactOf, Witness } from '../facts.ts';
import { applicantOf } from './applicant.ts';
import type { CheckedRun } from './check.ts';

/** How many machines a lane may have asked for, by the jobs that waited in truth. */
export interface LaneDemand {
  readonly witness: Witness;
  waiting(lane: string): number;
  /** With the jobs that lately waited, as far as nobody could know better, and the lane's pool. */
  most(lane: string, at: Instant): number;
}

interface Waiting {
  readonly queued: FactOf<'job-queued'>;
  readonly from: Instant;
  /** Where it waits by configuration; undefined: nobody's today. */
  readonly place: { readonly fleet: FleetConfig; readonly lane: string } | undefined;
}

interface Demand {
  readonly jobs: Set<string>;
  /** Jobs that wait no longer, and until when a launch may still be for them. */
  readonly late: Map<string, Instant>;
}

const samplesOfPool = 10;

export function laneDemand(run: CheckedRun): LaneDemand {
  const { timing } = run;
  const waiting = new Map<string, Waiting>();
  const demands = new Map<string, Demand>();
  const laneOfLate = new Map<string, string>();

  const demandOf = (lane: string): Demand => {
    const demand = demands.get(lane) ?? { jobs: new Set(), late: new Map() };
    demands.set(lane, demand);
    return demand;
  };
  const wait = (queued: FactOf<'job-queued'>, from: Instant): void => {
    const place = placeOf(applicantOf(queued), run);
    waiting.set(queued.job, { queued, from, place });
    if (place) demandOf(place.lane).jobs.add(queued.job);
  };
  const waitNoLonger = (job: string, at: Instant): void => {
    const { place, from = at } = waiting.get(job) ?? {};
    waiting.delete(job);
    if (place === undefined) return;
    const { jobs, late } = demandOf(place.lane);
    jobs.delete(job);
    late.set(job, explainsUntil(from, place.fleet, timing, at));
    laneOfLate.set(job, place.lane);
  };
  const hear = (job: string, at: Instant): void => {
    const late = demandOf(laneOfLate.get(job) ?? '').late;
    const until = late.get(job);
    if (until !== undefined) late.set(job, Math.min(until, after(at, decisionSeconds(timing))));
  };
  /** Fleets came or went: jobs wait in another lane, or in none. */
  const moveAll = (at: Instant): void => {
    for (const { queued, from, place } of [...waiting.values()]) {
      if (placeOf(applicantOf(queued), run)?.lane === place?.lane) continue;
      waitNoLonger(queued.job, at);
      wait(queued, from);
    }
  };

  return {
    waiting: (lane) => demands.get(lane)?.jobs.size ?? 0,
    most(lane, at) {
      const { jobs, late } = demandOf(lane);
      for (const [job, until] of late) {
        if (until >= at) continue;
        late.delete(job);
        laneOfLate.delete(job);
      }
      return jobs.size + late.size + poolOfLate(run, lane, at);
    },
    witness(fact, at) {
      if (fact.kind === 'job-queued') wait(fact, at);
      else if (fact.kind === 'job-started' || fact.kind === 'job-ended') waitNoLonger(fact.job, at);
      else if (fact.kind === 'delivery' && isHeard(fact)) hear(fact.job, at);
      else if (fact.kind === 'configured') moveAll(at);
    },
  };
}

/** From a decision to the last call that it may lead to: who finds it undone sends it again until then. */
const decisionSeconds = (timing: Timing): number => timing.launchWindowSeconds + 10;

/** Nobody told us yet. Whatever has waited longer than a boot is read at the forge first, and a read holds for a while. */
function explainsUntil(from: Instant, fleet: FleetConfig, timing: Timing, at: Instant): Instant {
  const unread = after(from, fleet.runnerBootTimeMinutes * 60);
  return after(Math.max(unread, after(at, timing.jobReadSeconds)), decisionSeconds(timing));
}

const isHeard = ({ state, status }: FactOf<'delivery'>): boolean =>
  (state === 'running' || state === 'done') && status !== 'lost' && status >= 200 && status < 300;

function placeOf(job: ReturnType<typeof applicantOf>, { fleets }: CheckedRun): Waiting['place'] {
  const fleet = fleetFor(job, fleets());
  const lane = fleet && laneFor(fleet, job);
  return fleet && lane && { fleet, lane: laneKey(lane) };
}

/** The most that it was, from now back to the decision. */
function poolOfLate({ fleets, timing }: CheckedRun, key: string, at: Instant): number {
  const fleet = fleets().find(({ name }) => key.startsWith(`${name}/`));
  if (fleet?.poolScope === undefined || key !== laneKey({ fleet: fleet.name, scope: fleet.poolScope })) return 0;
  const lane = { fleet: fleet.name, scope: fleet.poolScope };
  const stepSeconds = decisionSeconds(timing) / samplesOfPool;
  const sizes = Array.from({ length: samplesOfPool + 1 }, (_, step) =>
    poolOf(fleet, lane, after(at, -step * stepSeconds)),
  );
  return Math.max(...sizes);
}
