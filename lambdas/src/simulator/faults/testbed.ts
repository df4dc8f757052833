import { parseConfig } from '../../core/parse-config.ts';
import { documentedTiming } from '../../core/timing.ts';
import { chance } from '../engine/chance.ts';
import { type VirtualTime, virtualTime } from '../engine/virtual-time.ts';
import { exampleConfigFile } from '../plan/example-config.ts';
import type { RunPlan } from '../run-plan.ts';
import type { PlannedJob, Workload } from '../workloads/workload.ts';
import type { Fault, FaultSite } from './fault.ts';

const startAt = Date.UTC(2026, 0, 5);
const zones = ['us-east-1a', 'us-east-1b'];
const labelSets = [
  ['self-hosted', 'linux', 'x64'],
  ['self-hosted', 'linux', 'arm64'],
] as const;
const safetySeconds = 5400;

/** Two fleets, one whose runners take one job and one whose runners wait for more, and jobs for an hour. */
export function smallPlan(seed: number, faults: readonly string[]): RunPlan {
  const [x64, arm64] = labelSets;
  const usual = { zones, instanceTypes: ['m7i.large'], runnersMaximumCount: 6, minimumRunningTimeMinutes: 1 };
  const waits = { ephemeral: false, firstJobMinutes: 3, market: 'on-demand' };
  return {
    seed,
    config: parseConfig({
      ...exampleConfigFile,
      fleets: {
        x64: { ...usual, labels: x64, market: 'spot', runnerBootTimeMinutes: 5 },
        arm64: { ...usual, ...waits, labels: arm64, runnerBootTimeMinutes: 5 },
      },
    }),
    workload: smallWorkload(seed),
    faults: new Map(faults.map((name) => [name, 1])),
    dropWebhooks: 0,
    apps: ['app-1'],
    prices: {},
    timing: documentedTiming,
    bootSeconds: 20,
    invocationsAtOnce: 4,
    tablePageLimit: 10,
    safetySeconds,
    quietLimitSeconds: 4 * 3600,
  };
}

function smallWorkload(seed: number): Workload {
  const jobs: PlannedJob[] = [];
  const dice = chance(seed).stream('workload');
  for (let atSeconds = 0; jobs.length < 24; atSeconds += dice.exponential(150)) {
    const labels = dice.pick(labelSets);
    jobs.push({
      atSeconds,
      labels,
      repo: dice.pick(['acme/app', 'acme/web']),
      durationSeconds: dice.lognormal(120, 1),
    });
  }
  return { name: 'small', count: jobs.length, startAt, jobs: () => jobs };
}

/** A fault by itself: what it would answer, at times of one's own choosing. */
export function aloneAt(fault: Fault, { seed = 1, intensity = 1 } = {}) {
  const time: VirtualTime = virtualTime(startAt);
  const hits: (string | undefined)[] = [];
  const site: FaultSite = {
    time,
    chance: chance(seed),
    intensity,
    startAt,
    endAt: startAt + 86_400_000,
    config: () => smallPlan(seed, []).config,
    configure: () => {},
    world: () => {
      throw new Error('It asks for a world, and there is none.');
    },
    hit: (subject) => void hits.push(subject),
  };
  const trouble = fault.begin(site);
  const pass = (seconds: number): Promise<void> => time.run(time.now() + seconds * 1000);
  return { trouble, time, hits, pass, site };
}
