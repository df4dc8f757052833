import { scaleDown } from '../src/functions/scale-down/scale-down.ts';
import type { City } from '../tests/city/city.ts';
import { costedWorld, virtualSeconds } from './costed-world.ts';
import type { Figures } from './figures.ts';
import { type DeploymentSize, largeDeployment } from './large-deployment.ts';
import { peakMegabytes } from './peak-memory.ts';

/** In a process of its own, so that the memory is its own: the name of a deployment is its only argument. */
const sizes: Readonly<Record<string, DeploymentSize>> = {
  quiet: { lanes: 1, busy: 4000, idle: 1000, isQuiet: true },
  surplus: { lanes: 1, busy: 4000, idle: 1000, isQuiet: false },
  leaving: { lanes: 1, busy: 4000, idle: 1000, isQuiet: false },
  'many-lanes': { lanes: 500, busy: 4000, idle: 1000, isQuiet: true },
};
const callSeconds = 0.05;

async function run(name: string): Promise<Figures> {
  const size = sizes[name];
  if (size === undefined) return {};
  const town = await largeDeployment(size);
  if (name !== 'leaving') return pass(town);
  await scaleDown(town.world);
  await letHostsAgree(town);
  return pass(town);
}

/** Whoever was asked to leave says so in its lease. */
async function letHostsAgree({ clock, hosts }: City): Promise<void> {
  await clock.advance(60);
  for (const { instanceId, ask, lease } of hosts.records()) {
    const sees = ask === 'leave' ? 'leaving' : (lease?.sees ?? 'idle');
    await hosts.ownHost(instanceId).renew({ counter: 31, sees, since: clock.now(), at: clock.now() });
  }
}

async function pass(town: City): Promise<Figures> {
  const { world, calls } = costedWorld(town, callSeconds);
  const before = process.cpuUsage();
  const seconds = await virtualSeconds(town.clock, () => scaleDown(world));
  const { user, system } = process.cpuUsage(before);
  const { ledger, hosts, compute, forge, queue } = calls;
  return {
    virtualSeconds: seconds,
    cpuSeconds: (user + system) / 1e6,
    ledgerCalls: ledger,
    hostsCalls: hosts,
    computeCalls: compute,
    forgeCalls: forge,
    queueCalls: queue,
  };
}

const figures = await run(process.argv[2] ?? '');
process.stdout.write(JSON.stringify({ ...figures, peakMegabytes: peakMegabytes() }));
