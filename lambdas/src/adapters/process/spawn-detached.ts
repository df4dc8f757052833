import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync } from 'node:fs';
import { openLog } from './bounded-log.ts';
import { type ProcessRef, viewProcesses } from './process-view.ts';

export interface DetachedCommand {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  /** Takes both outputs. */
  readonly log: string;
}

/**
 * Starts a process in a session of its own, which outlives this one. `recorded` is called in the same turn as the
 * process begins, so that nothing of ours runs between the two.
 */
export async function spawnDetached(command: DetachedCommand, recorded: (ref: ProcessRef) => void): Promise<void> {
  const [file = '', ...args] = command.argv;
  mkdirSync(command.folder, { recursive: true, mode: 0o700 });
  const output = openLog(command.log);
  try {
    const child = spawn(file, args, {
      cwd: command.folder,
      env: command.env,
      detached: true,
      stdio: ['ignore', output, output],
    });
    if (child.pid === undefined) throw (await once(child, 'error'))[0];
    // Already gone is possible; its number is not given out again before we have heard of its end.
    recorded({ pid: child.pid, startKey: viewProcesses().at(child.pid)?.startKey ?? 'gone' });
    // A failure of `kill` or the like, later: we look at the process table instead.
    child.on('error', () => undefined);
    child.unref();
  } finally {
    closeSync(output);
  }
}
