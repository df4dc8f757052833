import type { FactOf, Witness } from '../facts.ts';
import type { Tally } from '../result.ts';
import { configuredFleets } from './configured-fleets.ts';

type Counted =
  | 'jobs'
  | 'ran'
  | 'ranTwice'
  | 'cancelled'
  | 'unmatched'
  | 'endedBySpot'
  | 'endedByForge'
  | 'launched'
  | 'faults';

/**
 * What happened how often. Each job is in one of these: `ran`, `cancelled` before it could, `unmatched`, expired as limits
 * left no room for it, or lost. `endedBySpot` and `endedByForge` are among the jobs that ran, save what the forge let expire.
 */
export interface Tallies {
  readonly hear: Witness;
  /** A job that still waits is unmatched if its fleet is not configured now. */
  figures(): Pick<Tally, Counted>;
}

interface OpenJob {
  readonly fleet: string | undefined;
  /** Where it began. */
  instance: string | undefined;
  ranTwice: boolean;
}

export function tallies(): Tallies {
  const counts = { jobs: 0, ran: 0, ranTwice: 0, cancelled: 0, unmatched: 0, endedBySpot: 0, endedByForge: 0 };
  let launched = 0;
  const faults = new Map<string, number>();
  const open = new Map<string, OpenJob>();
  const configured = configuredFleets();

  const noteQueued = ({ job, fleet, foreign }: FactOf<'job-queued'>): void => {
    if (foreign || open.has(job)) return;
    open.set(job, { fleet, instance: undefined, ranTwice: false });
    counts.jobs += 1;
  };
  const noteStarted = ({ job, instance }: FactOf<'job-started'>): void => {
    const known = open.get(job);
    if (known === undefined) return;
    if (known.instance === undefined) {
      known.instance = instance;
      counts.ran += 1;
    } else if (known.instance !== instance && !known.ranTwice) {
      known.ranTwice = true;
      counts.ranTwice += 1;
    }
  };
  const noteEnded = ({ job, how }: FactOf<'job-ended'>): void => {
    const known = open.get(job);
    if (known === undefined) return;
    open.delete(job);
    const isUnmatched = known.instance === undefined && how !== 'cancelled' && !configured.has(known.fleet);
    if (isUnmatched) counts.unmatched += 1;
    else if (how === 'spot') counts.endedBySpot += 1;
    else if (how === 'forge') counts.endedByForge += 1;
    else if (how === 'cancelled' && known.instance === undefined) counts.cancelled += 1;
  };

  const hear: Witness = (fact, at) => {
    switch (fact.kind) {
      case 'job-queued':
        return noteQueued(fact);
      case 'job-started':
        return noteStarted(fact);
      case 'job-ended':
        return noteEnded(fact);
      case 'instance-launched':
        launched += 1;
        return;
      case 'fault':
        faults.set(fact.fault, (faults.get(fact.fault) ?? 0) + 1);
        return;
      case 'configured':
        configured.hear(fact, at);
    }
  };

  return {
    hear,
    figures() {
      let { unmatched } = counts;
      for (const { fleet, instance } of open.values()) {
        if (instance === undefined && !configured.has(fleet)) unmatched += 1;
      }
      return { ...counts, unmatched, launched, faults: Object.fromEntries(faults) };
    },
  };
}

/** The sum over two seeds, of everything that has one. */
export function addTallies(one: Tally, other: Tally): Tally {
  return {
    jobs: one.jobs + other.jobs,
    ran: one.ran + other.ran,
    ranTwice: one.ranTwice + other.ranTwice,
    lost: one.lost + other.lost,
    cancelled: one.cancelled + other.cancelled,
    unmatched: one.unmatched + other.unmatched,
    endedBySpot: one.endedBySpot + other.endedBySpot,
    endedByForge: one.endedByForge + other.endedByForge,
    busyKills: one.busyKills + other.busyKills,
    leakedInstances: one.leakedInstances + other.leakedInstances,
    leakedRegistrations: one.leakedRegistrations + other.leakedRegistrations,
    overLimit: one.overLimit + other.overLimit,
    launched: one.launched + other.launched,
    virtualSeconds: one.virtualSeconds + other.virtualSeconds,
    runnerSeconds: sums(one.runnerSeconds, other.runnerSeconds),
    cost: sums(one.cost, other.cost),
    readiness: sums(one.readiness, other.readiness),
    waitStages: sums(one.waitStages, other.waitStages),
    calls: sums(one.calls, other.calls),
    sometimes: sums(one.sometimes, other.sometimes),
    faults: sums(one.faults, other.faults),
  };
}

/** By name; what only one of them has counts as none in the other. */
function sums<Numbers extends { readonly [Name in keyof Numbers]: number }>(one: Numbers, other: Numbers): Numbers {
  const all: Record<string, number> = { ...one };
  for (const [name, number] of Object.entries<number>(other)) all[name] = (all[name] ?? 0) + number;
  return all as Numbers;
}
