import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../src/adapters/clock/system-clock.ts';
import { instanceIdOf } from '../src/adapters/compute/process/launch-tokens.ts';
import { processCompute } from '../src/adapters/compute/process/process-compute.ts';
import { sqliteHosts } from '../src/adapters/hosts/sqlite-hosts.ts';
import { type Lane, laneKey } from '../src/core/lane.ts';
import { documentedTiming } from '../src/core/timing.ts';
import { hostPolicyOf } from '../src/functions/host-policy.ts';
import { fleet } from '../tests/fleet.ts';
import { type Figures, percentile } from './figures.ts';
import { silentLog } from './silent-log.ts';

const starts = 9;
const pollSeconds = 0.002;

/** From the launch of a machine, which here is a process, to its host's first lease; and an empty Node beside it. */
export async function agentStart(): Promise<Figures> {
  const empty = Array.from({ length: starts }, emptyStart);
  const source = await agentStarts(fileURLToPath(new URL('../src/local/host-agent.ts', import.meta.url)));
  const bundle = fileURLToPath(new URL('../build/local/host-agent.js', import.meta.url));
  const compiled = existsSync(bundle) ? await agentStarts(bundle) : undefined;
  return {
    emptyNodeMilliseconds: percentile(empty, 50),
    ...(compiled === undefined ? {} : { firstLeaseMilliseconds: percentile(compiled, 50) }),
    firstLeaseFromSourceMilliseconds: percentile(source, 50),
  };
}

function emptyStart(): number {
  const startedAt = performance.now();
  spawnSync(process.execPath, ['-e', '']);
  return performance.now() - startedAt;
}

async function agentStarts(agent: string): Promise<readonly number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-agent-'));
  const clock = systemClock();
  const hostsFile = join(folder, 'hosts.sqlite');
  const hosts = sqliteHosts({ path: hostsFile });
  const compute = processCompute({
    folder,
    agentCommand: [process.execPath, '--disable-warning=ExperimentalWarning', agent],
    agentConfig: { hostsFile, runnerCommand: ['true'] },
    environment: { PATH: process.env.PATH },
    clock,
    log: silentLog,
  });
  const milliseconds: number[] = [];
  try {
    for (let start = 0; start < starts; start++) {
      const token = `start-${start}`;
      const instanceId = instanceIdOf(token, 0);
      await hosts.open(lane, [{ instanceId, policy: hostPolicyOf(fleet(), documentedTiming) }]);
      const launchedAt = performance.now();
      const launched = compute.launch({ ...launchRequest, token });
      while ((await hosts.read(lane, [instanceId])).get(instanceId)?.lease === undefined)
        await clock.sleep(pollSeconds);
      milliseconds.push(performance.now() - launchedAt);
      await launched;
      await compute.end([instanceId], 'measured');
    }
  } finally {
    hosts[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  }
  return milliseconds;
}

const lane: Lane = { fleet: 'bench', scope: 'org:acme' };

const launchRequest = {
  launchId: 'bench',
  lane: laneKey(lane),
  fleet: 'bench',
  count: 1,
  market: 'spot',
  placements: [{ type: 'process', zone: 'local' }],
} as const;
