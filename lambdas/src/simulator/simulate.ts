import type { Config } from '../core/config.ts';
import { after, type Instant } from '../core/instant.ts';
import type { CheckedRun } from './checks/check.ts';
import { everyCheck } from './checks/every-check.ts';
import { nothingLeaked } from './checks/nothing-leaked.ts';
import { type Chance, chance } from './engine/chance.ts';
import { type VirtualTime, virtualTime } from './engine/virtual-time.ts';
import type { Fact, Witness } from './facts.ts';
import { everyFault } from './faults/every-fault.ts';
import type { FaultSite } from './faults/fault.ts';
import { troubled } from './faults/troubled.ts';
import type { Breach } from './result.ts';
import type { RunPlan } from './run-plan.ts';
import type { PlannedJob } from './workloads/workload.ts';
import { type SimWorld, simWorld } from './world/sim-world.ts';
import type { Trouble } from './world/troubles.ts';
import type { Service } from './world/wire.ts';

/** How a run ended, by the world's own word; what else there is to know was told to its witnesses. */
export interface Ending {
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly breaches: readonly Breach[];
  readonly calls: Readonly<Record<Service, number>>;
}

/**
 * One run: jobs come, faults act, faults end, jobs end, machines go. The real functions decide, and everything that they
 * talk to is made here, in a time of its own.
 */
export async function simulate(plan: RunPlan, witnesses: readonly Witness[]): Promise<Ending> {
  const time = virtualTime(plan.workload.startAt);
  const startedAt = time.now();
  const dice = chance(plan.seed);
  let { config } = plan;
  const faultsEndAt = after(startedAt, plan.safetySeconds);
  const run: CheckedRun = {
    fleets: () => config.fleets,
    deploymentLimit: () => config.runnersMaximumCount,
    timing: plan.timing,
    faultsEndAt,
  };
  const checks = everyCheck.map((make) => make(run));
  const leaks = nothingLeaked(run);
  const all = [leaks, ...checks].map(({ witness }) => witness).concat(witnesses);
  const tell = (fact: Fact): void => {
    const at = time.now();
    for (const witness of all) witness(fact, at);
  };

  const configure = (next: Config): void => {
    config = next;
    tell({ kind: 'configured', fleets: next.fleets.map(({ name }) => name) });
    world.renew();
  };
  const site = { time, startAt: startedAt, endAt: faultsEndAt, config: () => config, configure, world: () => world };
  const world: SimWorld = simWorld({
    ...plan,
    time,
    chance: dice,
    tell,
    config: () => config,
    isTroubled: plan.faults.size > 0,
    trouble: troublesOf(plan, { ...site, dice, tell }),
  });
  for (const { repo } of plan.workload.jobs()) world.office.install(repo);
  world.begin();
  const feed = feeder(plan, time, world);
  const isDone = (): boolean => feed.isOver() && time.now() >= faultsEndAt && !world.office.isAtWork();
  await time.run(after(startedAt, Number.MAX_SAFE_INTEGER / 1000 / 2), isDone);
  const isQuiet = (): boolean => leaks.breaches(time.now()).length === 0;
  if (!isQuiet()) await time.run(after(time.now(), plan.quietLimitSeconds), isQuiet);
  const breaches = checks.flatMap((check) => check.breaches(time.now()));
  return { startedAt, endedAt: time.now(), breaches, calls: { ...world.wire.counts } };
}

interface Scene extends Omit<FaultSite, 'chance' | 'intensity' | 'hit'> {
  readonly dice: Chance;
  readonly tell: (fact: Fact) => void;
}

function troublesOf(plan: RunPlan, { dice, tell, ...site }: Scene): Required<Trouble> {
  const troubles = everyFault.flatMap((fault) => {
    const intensity = plan.faults.get(fault.name) ?? 0;
    if (intensity <= 0) return [];
    const hit = (subject?: string): void =>
      tell({ kind: 'fault', fault: fault.name, ...(subject === undefined ? {} : { subject }) });
    return [fault.begin({ ...site, chance: dice.stream(`fault ${fault.name}`), intensity, hit })];
  });
  const trouble = troubled(troubles, site.time.now, site.endAt);
  if (plan.dropWebhooks <= 0) return trouble;
  const drops = dice.stream('dropped webhooks');
  const ofDelivery: Trouble['ofDelivery'] = (job) =>
    drops.happens(plan.dropWebhooks) ? { lost: true } : trouble.ofDelivery(job);
  return { ...trouble, ofDelivery };
}

/** Brings the workload's jobs one after the other, each at its time. */
function feeder({ workload }: RunPlan, time: VirtualTime, { office }: SimWorld): { isOver(): boolean } {
  const jobs = workload.jobs()[Symbol.iterator]();
  let isOver = false;
  const bring = (planned: PlannedJob): void => {
    time.at(after(workload.startAt, planned.atSeconds), () => {
      office.add(planned);
      next();
    });
  };
  const next = (): void => {
    const { value, done } = jobs.next();
    if (done) isOver = true;
    else bring(value);
  };
  next();
  return { isOver: () => isOver };
}
