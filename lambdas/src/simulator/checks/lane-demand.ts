import type { FleetConfig } from '../../core/config.ts';
import { after, type Instant } from '../../core/instant.ts';
import { laneKey } from '../../core/lane.ts';
import { fleetFor, laneFor } from '../../core/match.ts';
import { poolOf } from '../../core/scale-down-plan.ts';
import type { FactOf, Witness } from '../facts.ts';
import { applicantOf } from './applicant.ts';
import type { CheckedRun } from './check.ts';

/** How many machines a lane may have asked for, by the jobs that waited in truth. */
export interface LaneDemand {
  readonly witness: Witness;
  waiting(lane: string): number;
  /** With those of which a decision at that time may still have thought so, and the lane's pool. */
  most(lane: string, decidedAt: Instant, at: Instant): number;
}

interface Waiting {
  readonly queued: FactOf<'job-queued'>;
  readonly from: Instant;
  /** Where it waits by configuration; undefined: nobody's today. */
  readonly place: { readonly fleet: FleetConfig; readonly lane: string } | undefined;
  /** Where it waited by configurations before, and does still for whoever has not moved it yet. */
  readonly formerLanes: readonly string[];
}

interface EndedJob {
  readonly queued: FactOf<'job-queued'>;
  /** When it began to wait, and when it did no longer. */
  readonly from: Instant;
  readonly at: Instant;
  /** Where its end may not be known yet; none: it was nobody's. */
  readonly lanes: readonly string[];
}

interface Demand {
  readonly jobs: Set<string>;
  /** Jobs that wait no longer, and since when we could know. */
  readonly late: Map<string, Instant>;
  /** As many of those as are kept before all are looked through. */
  room: number;
}

const poolSamples = 10;

export function laneDemand(run: CheckedRun): LaneDemand {
  const { timing } = run;
  const waiting = new Map<string, Waiting>();
  const demands = new Map<string, Demand>();
  const ended = new Map<string, EndedJob>();
  /** Deleted: nobody is ever told that they wait no longer, and a late event may still say that they do. */
  const deleted = new Set<string>();

  const demandOf = (lane: string): Demand => {
    const demand = demands.get(lane) ?? { jobs: new Set(), late: new Map(), room: leastRoom };
    demands.set(lane, demand);
    return demand;
  };
  /** Of jobs that were known to wait no longer before that. */
  const forget = ({ late }: Demand, before: Instant): void => {
    for (const [job, known] of late) {
      if (known >= before) continue;
      late.delete(job);
      ended.delete(job);
    }
  };
  /** Until somebody tells us: what has waited longer than that fleet's boot is read first, and a read holds for a while. */
  const endKnownAt = (job: string, from: Instant, at: Instant, fleet: FleetConfig | undefined): Instant => {
    if (deleted.has(job)) return Number.POSITIVE_INFINITY;
    return Math.max(after(from, (fleet?.runnerBootTimeMinutes ?? 0) * 60), after(at, timing.jobReadSeconds));
  };
  const wait = (queued: FactOf<'job-queued'>, from: Instant, formerLanes: readonly string[] = []): void => {
    const place = placeOf(applicantOf(queued), run);
    waiting.set(queued.job, { queued, from, place, formerLanes });
    if (place) demandOf(place.lane).jobs.add(queued.job);
  };
  const waitNoLonger = (job: string, at: Instant): void => {
    const { queued, place, from = at, formerLanes = [] } = waiting.get(job) ?? {};
    waiting.delete(job);
    const lanes = [...(place === undefined ? [] : [place.lane]), ...formerLanes];
    for (const demand of lanes.map(demandOf)) {
      const { jobs, late } = demand;
      jobs.delete(job);
      late.set(job, endKnownAt(job, from, at, place?.fleet));
      if (late.size <= demand.room) continue;
      // Nobody asks about a decision as old as that.
      forget(demand, after(at, -2 * forgottenSeconds));
      demand.room = Math.max(leastRoom, 2 * late.size);
    }
    if (queued) ended.set(job, { queued, from, at, lanes });
  };
  const hear = (job: string, at: Instant): void => {
    for (const { late } of (ended.get(job)?.lanes ?? []).map(demandOf)) {
      const known = late.get(job);
      if (known !== undefined) late.set(job, Math.min(known, at));
    }
    ended.delete(job);
  };
  /** Fleets came or went: jobs wait in another lane, or in none. */
  const moveWaiting = (): void => {
    for (const { queued, from, place, formerLanes } of [...waiting.values()]) {
      if (placeOf(applicantOf(queued), run)?.lane === place?.lane) continue;
      if (place) demandOf(place.lane).late.set(queued.job, Number.POSITIVE_INFINITY);
      if (place) demandOf(place.lane).jobs.delete(queued.job);
      wait(queued, from, [...new Set([...formerLanes, ...(place === undefined ? [] : [place.lane])])]);
    }
  };
  /** The same for those of whose end nobody could know yet: an event that is late is recorded by the fleets of then. */
  const moveEnded = (at: Instant): void => {
    for (const [job, one] of ended) {
      const place = placeOf(applicantOf(one.queued), run);
      if (place === undefined || one.lanes.includes(place.lane)) continue;
      const elsewhere = one.lanes.map((lane) => demandOf(lane).late.get(job) ?? 0);
      const known = Math.max(endKnownAt(job, one.from, one.at, place.fleet), ...elsewhere);
      if (known < at) continue;
      demandOf(place.lane).late.set(job, known);
      ended.set(job, { ...one, lanes: [...one.lanes, place.lane] });
    }
  };
  const moveAll = (at: Instant): void => {
    moveWaiting();
    moveEnded(at);
  };

  return {
    waiting: (lane) => demands.get(lane)?.jobs.size ?? 0,
    most(lane, decidedAt, at) {
      const demand = demandOf(lane);
      // Who decides has read its lane before, at the beginning of its invocation at the earliest.
      const readAt = after(decidedAt, -timing.scaleUpLimitSeconds);
      forget(demand, after(readAt, -forgottenSeconds));
      const unknown = [...demand.late.values()].filter((known) => known >= readAt).length;
      return demand.jobs.size + unknown + poolBetween(run, lane, readAt, at);
    },
    witness(fact, at) {
      if (fact.kind === 'job-queued') wait(fact, at);
      else if (fact.kind === 'job-started' || fact.kind === 'job-ended') waitNoLonger(fact.job, at);
      else if (fact.kind === 'delivery' && isHeard(fact)) hear(fact.job, at);
      else if (fact.kind === 'configured') moveAll(at);
      else if (fact.kind === 'fault' && fact.fault === 'jobs-deleted') deleted.add(fact.subject ?? '');
    },
  };
}

/** Decisions are asked about in any order, but not about those of hours ago. */
const forgottenSeconds = 3600;
const leastRoom = 1_000;

const isHeard = ({ state, status }: FactOf<'delivery'>): boolean =>
  (state === 'running' || state === 'done') && status !== 'lost' && status >= 200 && status < 300;

function placeOf(job: ReturnType<typeof applicantOf>, { fleets }: CheckedRun): Waiting['place'] {
  const fleet = fleetFor(job, fleets());
  const lane = fleet && laneFor(fleet, job);
  return fleet && lane && { fleet, lane: laneKey(lane) };
}

/** The most that it was. */
function poolBetween({ fleets }: CheckedRun, key: string, from: Instant, to: Instant): number {
  const fleet = fleets().find(({ name }) => key.startsWith(`${name}/`));
  if (fleet?.poolScope === undefined || key !== laneKey({ fleet: fleet.name, scope: fleet.poolScope })) return 0;
  const lane = { fleet: fleet.name, scope: fleet.poolScope };
  const sizes = Array.from({ length: poolSamples + 1 }, (_, sample) =>
    poolOf(fleet, lane, from + ((to - from) * sample) / poolSamples),
  );
  return Math.max(...sizes);
}
