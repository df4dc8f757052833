import type { Instant } from '../../core/instant.ts';
import type { Witness } from '../facts.ts';

/** When one machine came to be a runner, step by step. */
export interface MachineMoments {
  readonly lane: string;
  readonly launchCalledAt: Instant;
  readonly runningAt: Instant | undefined;
  readonly onlineAt: Instant | undefined;
}

export interface LivingMachineMoments {
  readonly hear: Witness;
  /** Of a machine that is not gone. */
  of(instance: string): MachineMoments | undefined;
}

/** Machines come within minutes of their launch's call, or never: far more launches than are ever under way. */
const launchesKept = 4_096;

export function machineMoments(): LivingMachineMoments {
  const calledAt = new Map<string, Instant>();
  const machines = new Map<string, { -readonly [Key in keyof MachineMoments]: MachineMoments[Key] }>();

  const noteCall = (launchId: string, at: Instant): void => {
    // A launch that is repeated was decided at its first call.
    if (calledAt.has(launchId)) return;
    calledAt.set(launchId, at);
    if (calledAt.size <= launchesKept) return;
    for (const eldest of calledAt.keys()) return void calledAt.delete(eldest);
  };

  const hear: Witness = (fact, at) => {
    switch (fact.kind) {
      case 'launch-called':
        return noteCall(fact.launchId, at);
      case 'instance-launched': {
        const { instance, lane, launchId } = fact;
        const launchCalledAt = calledAt.get(launchId) ?? at;
        machines.set(instance, { lane, launchCalledAt, runningAt: undefined, onlineAt: undefined });
        return;
      }
      case 'instance-running': {
        const machine = machines.get(fact.instance);
        if (machine) machine.runningAt ??= at;
        return;
      }
      case 'runner-online': {
        const machine = machines.get(fact.instance);
        if (machine) machine.onlineAt ??= at;
        return;
      }
      case 'instance-gone':
        machines.delete(fact.instance);
    }
  };
  return { hear, of: (instance) => machines.get(instance) };
}
