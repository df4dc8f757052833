import { existsSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import type { Instant } from '../../core/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RunnerGrant } from '../../ports/forge.ts';
import type { Machine } from '../../ports/machine.ts';
import { boundLog } from '../process/bounded-log.ts';
import { endProcesses } from '../process/end-processes.ts';
import { type ExitRecord, type InstanceRecord, instanceFiles, type RunnerRecord } from '../process/instance-folder.ts';
import { isAlive, type ProcessRef, type ProcessView, viewProcesses, workingIn } from '../process/process-view.ts';
import { spawnDetached } from '../process/spawn-detached.ts';
import { createState, readState, writeState } from '../process/state-file.ts';
import { stopListener } from './stop-listener.ts';
import { workerWatch } from './worker-watch.ts';

export interface ProcessMachineOptions {
  readonly folder: string;
  /** The grant's arguments are appended. */
  readonly runnerCommand: readonly string[];
  /** What the runner inherits, beside what its grant brings. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Ends this very process; in tests, something milder. */
  readonly exit: () => void;
  readonly workerName?: string;
  readonly graceSeconds?: number;
  readonly logLimitBytes?: number;
}

/** A machine that is a folder and a process group: what `systemd` is on a real one, the process table is here. */
export function processMachine(options: ProcessMachineOptions): Machine {
  const { clock, workerName = 'Runner.Worker', logLimitBytes = 8 * 1024 * 1024 } = options;
  // As the process table names it.
  const folder = realpathSync(options.folder);
  const files = instanceFiles(folder);
  const instance = readState<InstanceRecord>(files.instance);
  if (!instance) throw new Error(`no instance in ${folder}`);
  const watch = workerWatch(workerName);
  const look = oneLookATurn();

  return {
    instanceId: instance.id,
    startedAt: instance.launchedAt,
    startRunner: (grant) => startRunner({ ...options, folder }, grant),
    runner: async () => {
      const record = recoveredRunner(folder);
      if (!record) return 'none';
      return record.process && isAlive(look(), record.process) ? 'running' : 'exited';
    },
    worker: async () => {
      boundLog(files.runnerLog, logLimitBytes);
      const runner = recoveredRunner(folder)?.process;
      return runner && watch.isWorking(look(), runner) ? 'running' : 'none';
    },
    notice: async () => noticeIn(files.notice),
    stopListening: async () => {
      const runner = recoveredRunner(folder)?.process;
      return runner ? stopListener({ runner, watch, log: files.runnerLog, now: clock.now() }) : 'stopped';
    },
    end: async (reason) => {
      createState(files.exit, { reason, at: clock.now() } satisfies ExitRecord);
      await endRunner(folder, clock, options.graceSeconds ?? 5);
      options.exit();
    },
  };
}

/** Questions that are asked together share one look: where there is no /proc, each costs a `ps`. */
function oneLookATurn(): () => ProcessView {
  let shared: ProcessView | undefined;
  return () => {
    if (!shared) queueMicrotask(() => (shared = undefined));
    shared ??= viewProcesses();
    return shared;
  };
}

async function startRunner(options: ProcessMachineOptions, grant: RunnerGrant): Promise<void> {
  const files = instanceFiles(options.folder);
  if (existsSync(files.exit)) throw new Error('this instance is ending');
  if (!createState(files.runner, {} satisfies RunnerRecord)) throw new Error('a runner was started here before');
  let isBegun = false;
  try {
    await spawnDetached(
      {
        argv: [...options.runnerCommand, ...grant.boot.argv],
        env: { ...options.environment, ...grant.boot.env },
        folder: files.work,
        log: files.runnerLog,
      },
      (ref) => {
        isBegun = true;
        writeState(files.runner, { process: ref } satisfies RunnerRecord);
      },
    );
  } catch (thrown) {
    // It never ran, so that it may be tried again. One that runs and could not be written down is found by its folder.
    if (!isBegun) rmSync(files.runner, { force: true });
    throw thrown;
  }
}

/** An agent that died between starting a runner and writing down which: the runner is the one that works in its folder. */
function recoveredRunner(folder: string): RunnerRecord | undefined {
  const files = instanceFiles(folder);
  const record = readState<RunnerRecord>(files.runner);
  if (!record || record.process) return record;
  const leader = workingIn(viewProcesses(), files.work).find((entry) => entry.session === entry.pid);
  if (!leader) return record;
  const found: RunnerRecord = { process: { pid: leader.pid, startKey: leader.startKey } };
  writeState(files.runner, found);
  return found;
}

function endRunner(folder: string, clock: Clock, graceSeconds: number): Promise<void> {
  const files = instanceFiles(folder);
  const leaders = (): readonly ProcessRef[] => {
    const runner = readState<RunnerRecord>(files.runner)?.process;
    return runner ? [runner] : [];
  };
  // GitHub's runner takes an interrupt for a wish to leave in order.
  return endProcesses({ clock, leaders, folders: [files.work], gently: 'SIGINT', graceSeconds });
}

/** An empty file means: now. What cannot be read as a time means the same, as somebody meant something by it. */
function noticeIn(path: string): Instant | null {
  const file = statSync(path, { throwIfNoEntry: false });
  if (!file) return null;
  const text = readFileSync(path, 'utf8').trim();
  const at = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isFinite(at) ? at : file.mtimeMs;
}
