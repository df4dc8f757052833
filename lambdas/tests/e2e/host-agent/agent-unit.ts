import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync } from 'node:fs';
import { openLog } from '../../../src/adapters/process/bounded-log.ts';

export interface AgentUnitOptions {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  readonly log: string;
  /** Once it is there, the machine is down. */
  readonly endedFile: string;
}

/** The agent's unit as systemd keeps it: started anew whenever it ends, while the machine is up. */
export interface AgentUnit {
  /** As the kernel does when memory is short, or a job with root's rights. */
  kill(): void;
  readonly starts: () => number;
  readonly pid: () => number | undefined;
  stop(): Promise<void>;
}

const restartMilliseconds = 300;
const lookMilliseconds = 50;

export function startAgentUnit({ command, environment, folder, log, endedFile }: AgentUnitOptions): AgentUnit {
  let child: ChildProcess | undefined;
  let starts = 0;
  let isStopped = false;

  const start = (): void => {
    const output = openLog(log);
    const [file = '', ...args] = command;
    child = spawn(file, args, { cwd: folder, env: environment, stdio: ['ignore', output, output] });
    closeSync(output);
    starts += 1;
    child.once('exit', () => {
      if (!isStopped) setTimeout(() => isStopped || start(), restartMilliseconds);
    });
  };
  const stop = async (): Promise<void> => {
    clearInterval(watch);
    isStopped = true;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  const watch = setInterval(() => existsSync(endedFile) && void stop(), lookMilliseconds);
  start();
  return { kill: () => void child?.kill('SIGKILL'), starts: () => starts, pid: () => child?.pid, stop };
}
