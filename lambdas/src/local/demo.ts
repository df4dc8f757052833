import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { jsonLog } from '../adapters/log/json-log.ts';
import type { Config } from '../core/config.ts';
import { parseConfig } from '../core/parse-config.ts';
import { scaledConfig } from '../core/scaled-config.ts';
import { scaledTiming, type Timing } from '../core/timing.ts';
import { type FakeGithub, fakeGithub } from '../fakes/github/fake-github.ts';
import type { HabitSettings } from '../fakes/github/habits.ts';
import { runOnce } from './demo-once.ts';
import { sendWaves } from './demo-waves.ts';
import { endMachines } from './end-machines.ts';
import { nodeCommand } from './node-command.ts';
import { type Stack, startStack } from './stack.ts';
import { untilStopped } from './until-stopped.ts';

export interface DemoOptions {
  readonly port: number;
  readonly data?: string;
  /** This many jobs, then the end. */
  readonly once?: number;
  readonly timeScale: number;
  readonly habits: HabitSettings;
  readonly limit: number;
}

/** The fake GitHub's own limits, shortened like everything else. */
const writesPerSecond = (timeScale: number): number => 3 * timeScale;

/** The whole loop on one machine: a fake GitHub, the control plane, and runners that are processes. */
export async function runDemo(options: DemoOptions): Promise<number> {
  const folder = resolve(options.data ?? mkdtempSync(join(tmpdir(), 'ci-runners-demo-')));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const github = await startGithub(options, folder);
  const stack = await startDemoStack(options, folder, github);
  github.sendWebhooksTo(`${stack.url}/webhook`);
  process.stdout.write(`listening on ${stack.url}\n${wordsOf(options, stack, folder)}\n`);

  const code = options.once === undefined ? await runUntilStopped(github) : await runOnce(github, stack, options.once);
  await stack.stop();
  await endMachines(stack.world.compute, 'demo-over');
  await github.stop();
  if (options.data === undefined && code === 0) rmSync(folder, { recursive: true, force: true });
  return code;
}

function startGithub({ habits, timeScale }: DemoOptions, folder: string): Promise<FakeGithub> {
  const webhookSecret = randomBytes(32).toString('hex');
  writeFileSync(filesIn(folder).webhookSecretFile, webhookSecret, { mode: 0o600 });
  return fakeGithub({ webhookSecret, dataFolder: folder, habits, timeScale });
}

const filesIn = (folder: string) => ({
  webhookSecretFile: join(folder, 'webhook-secret'),
  log: join(folder, 'log.jsonl'),
});

function startDemoStack(options: DemoOptions, folder: string, github: FakeGithub): Promise<Stack> {
  const { port, timeScale } = options;
  return startStack({
    config: scaledConfig(demoConfig(options, folder, github), timeScale),
    timing: demoTiming(timeScale),
    timeScale,
    folder,
    port,
    // The demo's own words stand on the terminal; the functions' lines are kept beside the data.
    log: jsonLog(createWriteStream(filesIn(folder).log, { flags: 'a' })),
    writesPerSecond: writesPerSecond(timeScale),
    ...(options.once === undefined ? { queueJobs: (count: number) => void github.addJobs({ count, seconds: 3 }) } : {}),
  });
}

function demoConfig({ limit }: DemoOptions, folder: string, github: FakeGithub): Config {
  return parseConfig({
    forge: {
      kind: 'github',
      url: github.url,
      app: { id: github.appId, privateKeyFile: github.appKeyFile },
      webhookSecretFile: filesIn(folder).webhookSecretFile,
    },
    compute: { kind: 'process', command: nodeCommand('../fakes/runner/main', import.meta.url) },
    fleets: {
      'linux-x64': {
        labels: ['self-hosted', 'linux', 'x64'],
        runnersMaximumCount: limit,
        launchesPerHourLimit: 100_000,
      },
    },
  });
}

/** The fake GitHub's limits are shortened too, so the budget that keeps under them is. */
function demoTiming(timeScale: number): Timing {
  const timing = scaledTiming(timeScale);
  return {
    ...timing,
    grantSeconds: timing.grantSeconds / timeScale,
    grantBurstSeconds: Math.max(timing.grantBurstSeconds / timeScale, 1),
  };
}

async function runUntilStopped(github: FakeGithub): Promise<number> {
  const stopWaves = sendWaves(github, systemClock());
  await untilStopped();
  stopWaves();
  return 0;
}

function wordsOf({ timeScale, limit, once }: DemoOptions, { url, world }: Stack, folder: string): string {
  const { quietSeconds, leaseSilenceSeconds, sweepSeconds } = world.timing;
  const bootSeconds = Math.round((world.config.fleets[0]?.runnerBootTimeMinutes ?? 0) * 60);
  return [
    once === undefined
      ? `Open ${url} and watch. Ctrl-C ends it.`
      : `A demo of ${once} jobs, with at most ${limit} runners.`,
    `Waiting times are divided by ${timeScale}: a sweep each ${sweepSeconds} s, quiet ${quietSeconds} s, lease silence ${leaseSilenceSeconds} s, boot ${bootSeconds} s.`,
    `Data and log: ${folder}`,
  ].join('\n');
}
