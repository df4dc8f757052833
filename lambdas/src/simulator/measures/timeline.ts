import type { Instant } from '../../core/instant.ts';
import type { FactOf, Witness } from '../facts.ts';
import type { TimelinePoint } from '../result.ts';
import { configuredFleets } from './configured-fleets.ts';
import { type DoublingSteps, doublingSteps } from './doubling-steps.ts';
import { type MachinePhase, machinePhases } from './machine-phases.ts';

/**
 * Jobs and machines over time. A point shows, for its step, the most jobs that waited at once, as a burst that is over in
 * a minute is what people look for in a month; and of machines the mean over time, so that a stack of them never stands
 * higher than what there was, and its area is the runners' time. Nobody's jobs don't wait for us; a machine that leaves
 * is shown as idle until it is gone.
 */
export interface Timeline {
  readonly hear: Witness;
  points(until: Instant): readonly TimelinePoint[];
  /** Machines that were not gone, at most at once. */
  peakRunners(): number;
}

const room = 600;
const firstStepMilliseconds = 1_000;

const shownAs: Readonly<Record<MachinePhase, 'booting' | 'idle' | 'busy'>> = {
  boot: 'booting',
  idle: 'idle',
  busy: 'busy',
  leaving: 'idle',
};

export function timeline(): Timeline {
  const levels = { waiting: 0, booting: 0, idle: 0, busy: 0 };
  const waiting = new Map<string, string | undefined>();
  const configured = configuredFleets();
  let peakRunners = 0;
  let steps: DoublingSteps | undefined;
  let since: Instant = 0;

  /** Before each change: up to here it was as it is. The picture begins with the first. */
  const showUntil = (at: Instant): void => {
    if (steps === undefined) steps = doublingSteps(at, room, firstStepMilliseconds);
    else steps.cover(since, at, levels);
    since = at;
  };

  const phases = machinePhases(({ phase }, next, at) => {
    showUntil(at);
    levels[shownAs[phase]] -= 1;
    if (next !== 'gone') levels[shownAs[next]] += 1;
  });

  const noteQueued = ({ job, fleet }: FactOf<'job-queued'>, at: Instant): void => {
    if (waiting.has(job)) return;
    showUntil(at);
    waiting.set(job, fleet);
    if (configured.has(fleet)) levels.waiting += 1;
  };
  const noteStartedOrEnded = (job: string, at: Instant): void => {
    if (!waiting.has(job)) return;
    showUntil(at);
    if (configured.has(waiting.get(job))) levels.waiting -= 1;
    waiting.delete(job);
  };
  const noteConfigured = (fact: FactOf<'configured'>, at: Instant): void => {
    showUntil(at);
    configured.hear(fact, at);
    levels.waiting = 0;
    for (const fleet of waiting.values()) if (configured.has(fleet)) levels.waiting += 1;
  };
  const noteLaunched = (at: Instant): void => {
    showUntil(at);
    levels.booting += 1;
    peakRunners = Math.max(peakRunners, levels.booting + levels.idle + levels.busy);
  };

  const hear: Witness = (fact, at) => {
    phases.hear(fact, at);
    switch (fact.kind) {
      case 'job-queued':
        return noteQueued(fact, at);
      case 'job-started':
      case 'job-ended':
        return noteStartedOrEnded(fact.job, at);
      case 'configured':
        return noteConfigured(fact, at);
      case 'instance-launched':
        return noteLaunched(at);
    }
  };

  return {
    hear,
    points(until) {
      showUntil(until);
      return steps?.points(until) ?? [];
    },
    peakRunners: () => peakRunners,
  };
}
