import type { FactOf, Witness } from '../facts.ts';
import type { Breach } from '../result.ts';

/** All names under which a breach's subject goes through the facts: a job's runners and their machines, a machine's jobs. */
export interface Kin {
  readonly names: ReadonlySet<string>;
  readonly lanes: ReadonlySet<string>;
}

type Launch = Pick<FactOf<'instance-launched'>, 'lane' | 'launchId'>;

/** Learns a subject's kin. Only a second run of the same plan can tell the whole story: a launch comes before its job. */
export function kinOf({ subject }: Breach): { readonly witness: Witness; kin(): Kin } {
  const names = new Set([subject]);
  const lanes = new Set<string>();
  const launches = new Map<string, Launch>();
  let queued: FactOf<'job-queued'> | undefined;

  const add = (...more: readonly (string | undefined)[]): void => {
    for (const name of more) {
      if (name === undefined) continue;
      names.add(name);
      const launch = launches.get(name);
      if (launch === undefined) continue;
      names.add(launch.launchId);
      lanes.add(launch.lane);
    }
  };
  /** Those that stand in one fact belong together, if one of them is the subject. */
  const join = (...together: readonly (string | undefined)[]): void => {
    if (together.includes(subject)) add(...together);
  };
  const noteLaunched = ({ instance, lane, launchId }: FactOf<'instance-launched'>): void => {
    launches.set(instance, { lane, launchId });
    join(instance);
  };
  const noteLane = (lane: string): void => {
    if (queued !== undefined && servesLane(queued, lane)) lanes.add(lane);
  };

  const witness: Witness = (fact) => {
    if (fact.kind === 'instance-launched') noteLaunched(fact);
    else if (fact.kind === 'instance-gone') launches.delete(fact.instance);
    else if (fact.kind === 'job-queued' && fact.job === subject) queued = fact;
    else if (fact.kind === 'job-assigned' || fact.kind === 'job-started') join(fact.job, fact.runner, fact.instance);
    else if (fact.kind === 'registration-made') join(fact.name, fact.instance);
    else if (fact.kind === 'lane-looked-at') noteLane(fact.lane);
  };
  return { witness, kin: () => ({ names, lanes }) };
}

/** Of the job's fleet, and of its repository or owner. */
function servesLane({ fleet, repo }: FactOf<'job-queued'>, lane: string): boolean {
  const name = repo.toLowerCase();
  const isOfFleet = fleet !== undefined && lane.startsWith(`${fleet}/`);
  return isOfFleet && [name, name.split('/')[0]].some((owner) => lane.endsWith(`:${owner}`));
}
