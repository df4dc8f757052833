import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import type { RunnerGrant } from '../../../ports/forge.ts';
import type { Commands } from './commands.ts';

export const runnerUnit = 'ci-runner.service';

export interface RunnerUnitOptions {
  readonly commands: Commands;
  /** Where GitHub's runner was unpacked: its `run.sh` is started. */
  readonly runnerFolder: string;
  readonly runAs: string;
  /** Takes what the runner prints. */
  readonly log: string;
  /** In a folder that is root's alone, and in memory. */
  readonly environmentFile: string;
}

const startLimitSeconds = 60;
const showLimitSeconds = 10;

/**
 * Starts the runner in a unit of its own: an agent that ends, or is started anew, leaves it as it is. A job that takes
 * all memory loses a process and not its runner; a listener that dies leaves its worker for the agent to see.
 */
export async function startRunnerUnit(options: RunnerUnitOptions, grant: RunnerGrant): Promise<void> {
  const { commands, runnerFolder, runAs, log, environmentFile } = options;
  const environment = { ...grant.boot.env, ...(runAs === 'root' && { RUNNER_ALLOW_RUNASROOT: '1' }) };
  const properties = [
    'Type=exec',
    `EnvironmentFile=${environmentFile}`,
    'OOMPolicy=continue',
    'TasksMax=infinity',
    'KillMode=process',
    `StandardOutput=append:${log}`,
    `StandardError=append:${log}`,
  ];
  const argv = ['systemd-run', `--unit=${runnerUnit}`, `--uid=${runAs}`, `--working-directory=${runnerFolder}`];
  argv.push('--collect', '--quiet', ...properties.flatMap((property) => ['-p', property]));
  try {
    writeFileSync(environmentFile, environmentText(environment), { mode: 0o600 });
    // One that was left behind keeps the rights that it had.
    chmodSync(environmentFile, 0o600);
    await commands.run([...argv, '--', `${runnerFolder}/run.sh`, ...grant.boot.argv], startLimitSeconds);
  } finally {
    rmSync(environmentFile, { force: true });
  }
}

/** Its main process; undefined: it is over, or was never begun. */
export async function runnerPid(commands: Commands): Promise<number | undefined> {
  const shown = await commands.run(['systemctl', 'show', '--property=MainPID', runnerUnit], showLimitSeconds);
  const pid = Number(/^MainPID=(\d+)$/m.exec(shown)?.[1]);
  if (Number.isNaN(pid)) throw new Error(`systemctl show: no MainPID in ${JSON.stringify(shown.slice(0, 200))}`);
  return pid === 0 ? undefined : pid;
}

/** As systemd reads such a file: https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#EnvironmentFile= */
const environmentText = (environment: Readonly<Record<string, string>>): string =>
  Object.entries(environment)
    .map(([name, value]) => `${name}="${value.replace(/["\\$`]/g, '\\$&')}"\n`)
    .join('');
