import { after, type Instant } from '../../core/instant.ts';
import type { Breach } from '../result.ts';
import type { MakeCheck } from './check.ts';
import { type FreshMachine, freshMachines } from './fresh-machines.ts';
import { laneDemand } from './lane-demand.ts';

interface Suspicion {
  readonly at: Instant;
  readonly lane: string;
  readonly machines: readonly FreshMachine[];
  readonly demand: number;
}

/** What becomes of a machine in this time may have been known at the launch: then it was no supply. */
const patienceSeconds = 180;

/** A lane launches no machine while those that are on their way, or wait, are enough for the jobs that wait. */
export const noLaunchForNothing: MakeCheck = (run) => {
  const demand = laneDemand(run);
  const machines = freshMachines(run);
  const breaches: Breach[] = [];
  let launched: { readonly at: Instant; readonly lane: string } | undefined;
  let suspicions: Suspicion[] = [];

  /** Once all machines of one moment are there. */
  const suspect = ({ at, lane }: NonNullable<typeof launched>): void => {
    const fresh = machines.of(lane, at);
    if (fresh.length <= demand.waiting(lane)) return;
    const most = demand.most(lane, at);
    if (fresh.length > most) suspicions.push({ at, lane, machines: fresh, demand: most });
  };
  const judge = ({ at, lane, demand: wanted, machines: fresh }: Suspicion): void => {
    const sound = fresh.filter(({ isSound }) => isSound);
    const last = sound.at(-1);
    if (last === undefined || sound.length <= wanted) return;
    const what = `It is machine ${sound.length} on its way in ${lane}, where ${wanted} were wanted at most.`;
    breaches.push({ promise: 'nothing-leaked', subject: last.id, at, what });
  };

  return {
    witness(fact, at) {
      if (launched !== undefined && (launched.at !== at || fact.kind !== 'instance-launched')) {
        suspect(launched);
        launched = undefined;
      }
      demand.witness(fact, at);
      machines.witness(fact, at);
      if (fact.kind === 'instance-launched') launched = { at, lane: fact.lane };
      const ripe = suspicions.filter((suspicion) => at >= after(suspicion.at, patienceSeconds));
      if (ripe.length === 0) return;
      for (const suspicion of ripe) judge(suspicion);
      suspicions = suspicions.filter((suspicion) => !ripe.includes(suspicion));
    },
    breaches: () => breaches,
  };
};
