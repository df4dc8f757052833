import { existsSync, rmSync } from 'node:fs';
import type { Instance, InstanceState } from '../../../core/instance.ts';
import { ageSeconds, type Instant } from '../../../core/instant.ts';
import {
  type AgentRecord,
  type ExitRecord,
  type InstanceRecord,
  instanceFiles,
  type RunnerRecord,
} from '../../process/instance-folder.ts';
import { isAlive, type ProcessRef, type ProcessView, sessionOf, workingIn } from '../../process/process-view.ts';
import { createState, readState, writeState } from '../../process/state-file.ts';

/** What one look at an instance's folder and processes found. */
export interface InstanceProcess {
  readonly record: InstanceRecord;
  readonly agent: AgentRecord | undefined;
  readonly agentAlive: boolean;
  readonly runnerAlive: boolean;
  readonly exit: ExitRecord | undefined;
}

export interface InstancePatience {
  /** A start or an end that was begun so long ago has broken off: whoever was at it died. Longer than a replay takes. */
  readonly begunLimitSeconds: number;
  /** How long an ended one is still told of. */
  readonly listedSeconds: number;
}

/** Undefined: there is no such instance, or its launcher has only begun to make it. */
export function lookAtInstance(folder: string, view: ProcessView): InstanceProcess | undefined {
  const files = instanceFiles(folder);
  const record = readState<InstanceRecord>(files.instance);
  if (!record) return undefined;
  const agent = agentOf(folder, view, record);
  const agentAlive = agent !== undefined && isAlive(view, agent.process);
  const runner = readState<RunnerRecord>(files.runner)?.process;
  const runnerAlive = runner !== undefined && isRunnerAlive(view, runner, agentAlive);
  // Read last: whoever stopped the processes above wrote it before.
  const exit = readState<ExitRecord>(files.exit);
  return { record, agent, agentAlive, runnerAlive, exit };
}

/** A launcher that died between starting an agent and writing down which: the agent is the one that works in its folder. */
function agentOf(folder: string, view: ProcessView, record: InstanceRecord): AgentRecord | undefined {
  const files = instanceFiles(folder);
  const recorded = readState<AgentRecord>(files.agent);
  if ((recorded && isAlive(view, recorded.process)) || existsSync(files.exit)) return recorded;
  const leader = workingIn(view, folder).find(({ pid, session }) => session === pid && view.folderOf(pid) === folder);
  if (!leader) return recorded;
  const found: AgentRecord = {
    process: { pid: leader.pid, startKey: leader.startKey },
    startedAt: recorded?.startedAt ?? record.launchedAt,
  };
  writeState(files.agent, found);
  return found;
}

/** A worker may outlive its listener. Looking for one costs a whole process table, so only where it decides something. */
const isRunnerAlive = (view: ProcessView, runner: ProcessRef, agentAlive: boolean): boolean =>
  isAlive(view, runner) || (!agentAlive && sessionOf(view, runner).length > 0);

/** What has to be done about it, if anything, before it is listed. */
export type InstanceDuty = 'none' | 'restart-agent' | 'note-exit' | 'kill' | 'forget';

export function dutyOf(seen: InstanceProcess, patience: InstancePatience, now: Instant): InstanceDuty {
  const alive = seen.agentAlive || seen.runnerAlive;
  if (seen.exit) {
    if (alive) return ageSeconds(seen.exit.at, now) > patience.begunLimitSeconds ? 'kill' : 'none';
    return ageSeconds(seen.exit.at, now) > patience.listedSeconds ? 'forget' : 'none';
  }
  if (seen.agentAlive) return 'none';
  if (seen.runnerAlive) return 'restart-agent';
  if (seen.agent) return 'note-exit';
  return ageSeconds(seen.record.launchedAt, now) > patience.begunLimitSeconds ? 'note-exit' : 'none';
}

export function instanceOf(seen: InstanceProcess): Instance {
  const { record, exit } = seen;
  const shown = { ...record, bypassRemoval: false, impaired: false };
  return exit ? { ...shown, state: stateOf(seen), endReason: exit.reason } : { ...shown, state: stateOf(seen) };
}

function stateOf({ agent, agentAlive, runnerAlive, exit }: InstanceProcess): InstanceState {
  if (exit) return agentAlive || runnerAlive ? 'stopping' : 'terminated';
  return agent ? 'running' : 'pending';
}

/** Nothing of it lives: that is its end, under the first reason that anybody gave. */
export function noteExit(folder: string, seen: InstanceProcess, now: Instant): InstanceProcess {
  const files = instanceFiles(folder);
  createState(files.exit, { reason: seen.agent ? 'agent-died' : 'never-started', at: now } satisfies ExitRecord);
  const exit = readState<ExitRecord>(files.exit);
  return { ...seen, exit };
}

export const forgetInstance = (folder: string): void => rmSync(folder, { recursive: true, force: true });
