import { after, type Instant } from '../../core/instant.ts';
import type { FactOf, FunctionName } from '../facts.ts';
import type { Breach } from '../result.ts';
import type { MakeCheck } from './check.ts';

/** What a fleet came to since one of its machines last started a runner. */
interface Streak {
  /** When machines were gone that had their grant, and started nothing. */
  readonly failures: Instant[];
  /** Launches after enough of those were known. */
  vain: Instant[];
}

/** Three in a row open the breaker. A function that dies before it has written one down has counted it for nobody. */
const failuresToOpen = 6;
/** Until a machine's end is seen, and its failure written down, also by a function that is called anew. */
const noticedSeconds = 300;
/** They look at machines each minute. Where none was through for longer than that, nobody could see what became of one. */
const onlookers: readonly FunctionName[] = ['scale-down', 'sweep'];
const longestLooklessSeconds = 180;
/** Probes come each minute at first, and twice as far apart after each that failed: a boot's time brings ten at most. */
const probesAnHour = 20;

/** Machines that never become runners are paid for now and then, not for each job that waits. */
export const bootsTriedSparingly: MakeCheck = () => {
  const machines = new Map<string, { readonly fleet: string; isGiven: boolean }>();
  const streaks = new Map<string, Streak>();
  const breaches: Breach[] = [];
  let lookedAt: Instant | undefined;
  let backAt: Instant = 0;
  const isLookless = (at: Instant): boolean => lookedAt !== undefined && at > after(lookedAt, longestLooklessSeconds);
  const looked = (at: Instant): void => {
    if (isLookless(at)) backAt = at;
    lookedAt = at;
  };
  const streakOf = (fleet: string): Streak => {
    const streak = streaks.get(fleet) ?? { failures: [], vain: [] };
    streaks.set(fleet, streak);
    return streak;
  };

  const launched = ({ instance, fleet }: FactOf<'instance-launched'>, at: Instant): void => {
    machines.set(instance, { fleet, isGiven: false });
    const streak = streakOf(fleet);
    const known = streak.failures[failuresToOpen - 1];
    if (known === undefined || isLookless(at) || at < after(Math.max(known, backAt), noticedSeconds)) return;
    streak.vain = [...streak.vain.filter((one) => one > after(at, -3600)), at];
    if (streak.vain.length <= probesAnHour) return;
    const what = `It is launch ${streak.vain.length} of ${fleet} in an hour since ${streak.failures.length} machines in a row never became runners.`;
    breaches.push({ promise: 'nothing-leaked', subject: instance, at, what });
    streaks.delete(fleet);
  };
  const gone = ({ instance, by }: FactOf<'instance-gone'>, at: Instant): void => {
    const machine = machines.get(instance);
    machines.delete(instance);
    // What Spot took back might have booted.
    if (machine?.isGiven && by !== 'spot') streakOf(machine.fleet).failures.push(at);
  };
  const started = (instance: string): void => {
    const machine = machines.get(instance);
    machines.delete(instance);
    if (machine) streaks.delete(machine.fleet);
  };

  return {
    witness(fact, at) {
      switch (fact.kind) {
        case 'instance-launched':
          return launched(fact, at);
        case 'registration-made': {
          const machine = machines.get(fact.instance ?? '');
          if (machine) machine.isGiven = true;
          return;
        }
        case 'runner-started':
          return started(fact.instance);
        case 'instance-gone':
          return gone(fact, at);
        case 'invocation':
          if (fact.outcome === 'done' && onlookers.includes(fact.function)) looked(at);
          return;
        case 'configured':
          // Who changes a fleet may try it again at once.
          return streaks.clear();
        default:
      }
    },
    breaches: () => breaches,
  };
};
