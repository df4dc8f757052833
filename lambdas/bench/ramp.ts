import { parseConfig } from '../src/core/parse-config.ts';
import { documentedTiming } from '../src/core/timing.ts';
import type { Witness } from '../src/simulator/facts.ts';
import { simulate } from '../src/simulator/simulate.ts';
import type { Workload } from '../src/simulator/workloads/workload.ts';
import type { Figures } from './figures.ts';

const jobs = 1000;
const jobSeconds = 3600;
const quietSeconds = 60;
const labels = ['self-hosted', 'linux', 'x64'];

/** Queued at once, after a quiet minute, with no machine there. */
const burst: Workload = {
  name: 'burst',
  count: jobs,
  startAt: Date.UTC(2026, 0, 5),
  *jobs() {
    const job = { atSeconds: quietSeconds, durationSeconds: jobSeconds, labels, repo: 'acme/app' };
    for (let i = 0; i < jobs; i++) yield job;
  },
};

const config = parseConfig({
  prefix: 'ci',
  forge: {
    kind: 'github',
    url: 'https://github.com',
    app: { id: 1, privateKeyFile: 'app.pem' },
    webhookSecretFile: 'secret',
  },
  compute: { kind: 'process', command: ['run.sh'] },
  runnersMaximumCount: -1,
  fleets: { 'linux-x64': { labels, runnersMaximumCount: -1, instanceTypes: ['m7i.large'], zones: ['a', 'b', 'c'] } },
});

/**
 * From no runner to 1,000 that work, in the simulator's world: GitHub's and EC2's documented limits, boot included.
 * Virtual minutes.
 */
export async function ramp(): Promise<Figures> {
  const one = await rampWith(['app-1']);
  const two = await rampWith(['app-1', 'app-2']);
  return {
    oneAppMinutes: one.minutes,
    twoAppsMinutes: two.minutes,
    oneAppLaunches: one.launches,
    twoAppsLaunches: two.launches,
  };
}

async function rampWith(apps: readonly string[]): Promise<{ readonly minutes: number; readonly launches: number }> {
  const launches = new Set<string>();
  let started = 0;
  let minutes = Number.NaN;
  const watch: Witness = (fact, at) => {
    if (fact.kind === 'instance-launched') launches.add(fact.launchId);
    if (fact.kind !== 'job-started') return;
    started += 1;
    if (started === jobs) minutes = (at - burst.startAt) / 60_000 - quietSeconds / 60;
  };
  const plan = {
    seed: 1,
    config,
    workload: burst,
    faults: new Map<string, number>(),
    dropWebhooks: 0,
    apps,
    prices: {},
    timing: documentedTiming,
    bootSeconds: 20,
    invocationsAtOnce: 3,
    tablePageLimit: 1000,
    safetySeconds: 0,
    quietLimitSeconds: 4 * 3600,
  };
  await simulate(plan, [watch]);
  return { minutes, launches: launches.size };
}
