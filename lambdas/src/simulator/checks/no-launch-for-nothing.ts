import { after, type Instant } from '../../core/instant.ts';
import type { Breach } from '../result.ts';
import type { MakeCheck } from './check.ts';
import { type FreshMachine, freshMachines } from './fresh-machines.ts';
import { laneDemand } from './lane-demand.ts';
import { launchDecisions } from './launch-decisions.ts';

interface Suspicion {
  readonly at: Instant;
  readonly lane: string;
  readonly machines: readonly FreshMachine[];
  readonly demand: number;
}

/** Machines of one lane that came at one moment. */
interface Arrival {
  readonly at: Instant;
  readonly lane: string;
  /** By the oldest decision that brought one of them. */
  readonly decidedAt: Instant;
}

/** What becomes of a machine in this time may have been known at the launch: then it was no supply. */
const patienceSeconds = 180;

/** A lane launches no machine while those that are on their way, or wait, are enough for the jobs that wait. */
export const noLaunchForNothing: MakeCheck = (run) => {
  const demand = laneDemand(run);
  const machines = freshMachines(run);
  const decisions = launchDecisions(run);
  const breaches: Breach[] = [];
  let arrival: Arrival | undefined;
  let suspicions: Suspicion[] = [];

  const suspect = ({ at, lane, decidedAt }: Arrival): void => {
    const fresh = machines.of(lane, at);
    if (fresh.length <= demand.waiting(lane)) return;
    const most = demand.most(lane, decidedAt, at);
    if (fresh.length > most) suspicions.push({ at, lane, machines: fresh, demand: most });
  };
  const judge = ({ at, lane, demand: wanted, machines: fresh }: Suspicion): void => {
    const sound = fresh.filter(({ isSound }) => isSound);
    const last = sound.at(-1);
    if (last === undefined || sound.length <= wanted) return;
    const what = `It is machine ${sound.length} on its way in ${lane}, where ${wanted} were wanted at most.`;
    breaches.push({ promise: 'nothing-leaked', subject: last.id, at, what });
  };
  const judgeRipe = (at: Instant): void => {
    if (suspicions.length === 0) return;
    for (const suspicion of suspicions) if (isRipe(suspicion, at)) judge(suspicion);
    suspicions = suspicions.filter((suspicion) => !isRipe(suspicion, at));
  };

  return {
    witness(fact, at) {
      const lane = fact.kind === 'instance-launched' ? fact.lane : undefined;
      if (arrival !== undefined && (arrival.at !== at || arrival.lane !== lane)) {
        suspect(arrival);
        arrival = undefined;
      }
      demand.witness(fact, at);
      machines.witness(fact, at);
      decisions.witness(fact, at);
      if (fact.kind === 'instance-launched') {
        const decidedAt = decisions.madeAt(fact.launchId, at);
        arrival = { at, lane: fact.lane, decidedAt: Math.min(decidedAt, arrival?.decidedAt ?? decidedAt) };
      }
      judgeRipe(at);
    },
    breaches: () => breaches,
  };
};

const isRipe = (suspicion: Suspicion, at: Instant): boolean => at >= after(suspicion.at, patienceSeconds);
