import type { Instant } from '../../core/instant.ts';
import type { Fact, Witness } from '../facts.ts';
import type { WaitStages } from '../result.ts';
import { type MachineMoments, machineMoments } from './machine-moments.ts';
import { type ThinnedInstants, thinnedInstants } from './thinned-instants.ts';

/** Where the waiting went. The stages of a job add up to its wait. */
export interface WaitStagesMeasure {
  readonly hear: Witness;
  figures(): WaitStages;
}

interface WaitingJob {
  readonly queuedAt: Instant;
  /** The first delivery that told us of it. */
  eventAt: Instant | undefined;
}

export function waitStages(): WaitStagesMeasure {
  const waiting = new Map<string, WaitingJob>();
  const looks = new Map<string, ThinnedInstants>();
  const machines = machineMoments();
  const sums = { event: 0, delay: 0, decision: 0, ec2: 0, boot: 0, assignment: 0 };

  const noteLook = (lane: string, at: Instant): void => {
    let ofLane = looks.get(lane);
    if (ofLane === undefined) {
      ofLane = thinnedInstants();
      looks.set(lane, ofLane);
    }
    ofLane.add(at);
  };

  const noteStart = (job: string, instance: string, startedAt: Instant): void => {
    const known = waiting.get(job);
    if (known === undefined) return;
    waiting.delete(job);
    const machine = machines.of(instance) ?? notOurs;
    const lookedAt = known.eventAt === undefined ? undefined : looks.get(machine.lane)?.firstFrom(known.eventAt);
    addStages(sums, known, machine, lookedAt, startedAt);
  };

  const hear: Witness = (fact, at) => {
    machines.hear(fact, at);
    switch (fact.kind) {
      case 'job-queued':
        if (!fact.foreign && !waiting.has(fact.job)) waiting.set(fact.job, { queuedAt: at, eventAt: undefined });
        return;
      case 'delivery': {
        const known = tellsOfWaiting(fact) ? waiting.get(fact.job) : undefined;
        if (known) known.eventAt ??= at;
        return;
      }
      case 'lane-looked-at':
        return noteLook(fact.lane, at);
      case 'job-started':
        return noteStart(fact.job, fact.instance, at);
      case 'job-ended':
        waiting.delete(fact.job);
    }
  };

  return {
    hear,
    figures: () => ({
      event: sums.event / 1000,
      delay: sums.delay / 1000,
      decision: sums.decision / 1000,
      ec2: sums.ec2 / 1000,
      boot: sums.boot / 1000,
      assignment: sums.assignment / 1000,
    }),
  };
}

const tellsOfWaiting = ({ state, status }: Extract<Fact, { kind: 'delivery' }>): boolean =>
  state === 'queued' && status !== 'lost' && status >= 200 && status < 300;

/** A machine that we didn't launch was there all the time. */
const notOurs: MachineMoments = { lane: '', launchCalledAt: 0, runningAt: 0, onlineAt: 0 };

/**
 * From the last moment to the first, each at the latest when the next one came: a machine that was launched before
 * anybody told us of this job cost it neither event nor decision, however long these took.
 * Without a delivery, something else told us, at the latest when the launch was called: until then it is all `event`.
 */
function addStages(
  sums: { -readonly [Stage in keyof WaitStages]: number },
  { queuedAt, eventAt }: WaitingJob,
  machine: MachineMoments,
  lookedAt: Instant | undefined,
  startedAt: Instant,
): void {
  const clipped = (at: Instant | undefined, next: Instant): Instant => Math.max(queuedAt, Math.min(at ?? next, next));
  const online = clipped(machine.onlineAt, startedAt);
  const running = clipped(machine.runningAt, online);
  const called = clipped(machine.launchCalledAt, running);
  const looked = clipped(lookedAt, called);
  const event = clipped(eventAt, looked);
  sums.event += event - queuedAt;
  sums.delay += looked - event;
  sums.decision += called - looked;
  sums.ec2 += running - called;
  sums.boot += online - running;
  sums.assignment += startedAt - online;
}
