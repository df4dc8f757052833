import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '../../../core/instant.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { RunnerGrant } from '../../../ports/forge.ts';
import type { Machine } from '../../../ports/machine.ts';
import { boundLog } from '../../process/bounded-log.ts';
import type { RunnerRecord } from '../../process/instance-folder.ts';
import { isAlive, viewProcesses } from '../../process/process-view.ts';
import { createState, keepState, readState } from '../../process/state-file.ts';
import { stopListener } from '../stop-listener.ts';
import { workerWatch } from '../worker-watch.ts';
import type { Commands } from './commands.ts';
import { endMachine } from './end-machine.ts';
import { type RunnerUnitOptions, runnerPid, startRunnerUnit } from './runner-unit.ts';

export interface LinuxMachineOptions {
  readonly instanceId: string;
  readonly startedAt: Instant;
  readonly runnerFolder: string;
  readonly runAs: string;
  /** Root's alone, in memory: what is in it is gone when the system starts anew, as the runner is. */
  readonly stateFolder: string;
  readonly logFolder: string;
  readonly notice: () => Promise<Instant | null>;
  readonly commands: Commands;
  readonly clock: Clock;
}

const workerName = 'Runner.Worker';
const logLimitBytes = 64 * 1024 * 1024;

/** A machine whose system is Linux with systemd. */
export function linuxMachine(options: LinuxMachineOptions): Machine {
  const { instanceId, startedAt, stateFolder, logFolder, notice, commands, clock } = options;
  const unit: RunnerUnitOptions = {
    ...options,
    log: join(logFolder, 'runner.log'),
    environmentFile: join(stateFolder, 'runner.env'),
  };
  const record = runnerRecordFile(stateFolder);
  const watch = workerWatch(workerName);

  return {
    instanceId,
    startedAt,
    notice,
    startRunner: (grant) => startRunner(unit, record, grant),
    runner: async () => {
      const runner = await recordedRunner(commands, record);
      if (!runner) return 'none';
      return runner.process && isAlive(viewProcesses(), runner.process) ? 'running' : 'exited';
    },
    worker: async () => {
      boundRunnerLog(unit.log);
      const runner = (await recordedRunner(commands, record))?.process;
      return runner && watch.isWorking(viewProcesses(), runner) ? 'running' : 'none';
    },
    stopListening: async () => {
      const runner = (await recordedRunner(commands, record))?.process;
      return runner ? stopListener({ runner, watch, log: unit.log, now: clock.now() }) : 'stopped';
    },
    end: () => endMachine(commands, clock),
  };
}

/** Before anything is kept in them. */
export function makeFolders({ stateFolder, logFolder }: Pick<LinuxMachineOptions, 'stateFolder' | 'logFolder'>): void {
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  mkdirSync(logFolder, { recursive: true, mode: 0o755 });
}

const runnerRecordFile = (stateFolder: string): string => join(stateFolder, 'runner.json');

/** Whether a runner was begun since this system started, be it by an agent that is no more. */
export const wasRunnerBegun = (stateFolder: string): boolean =>
  readState<RunnerRecord>(runnerRecordFile(stateFolder)) !== undefined;

async function startRunner(unit: RunnerUnitOptions, record: string, grant: RunnerGrant): Promise<void> {
  if (!createState(record, {} satisfies RunnerRecord)) throw new Error('a runner was started here before');
  try {
    await startRunnerUnit(unit, grant);
  } catch (thrown) {
    // A wish that was not answered in time may have been heard.
    const isBegun = await runnerPid(unit.commands).catch(() => 0);
    // It never ran, so that it may be tried again.
    if (isBegun === undefined) rmSync(record, { force: true });
    throw thrown;
  }
}

/** Which process it is, written down as soon as that is known; one that was over before we could look has none. */
async function recordedRunner(commands: Commands, file: string): Promise<RunnerRecord | undefined> {
  const record = readState<RunnerRecord>(file);
  if (!record || record.process) return record;
  const pid = await runnerPid(commands);
  const startKey = pid === undefined ? undefined : viewProcesses().at(pid)?.startKey;
  if (pid === undefined || startKey === undefined) return record;
  const found: RunnerRecord = { process: { pid, startKey } };
  keepState(file, found);
  return found;
}

/** A log that cannot be cut, as when the disk is full, must not blind us for the worker. */
function boundRunnerLog(log: string): void {
  try {
    boundLog(log, logLimitBytes);
  } catch {
    // It is tried again at the next look.
  }
}
