import { join } from 'node:path';
import type { Instance } from '../../core/instance.ts';
import type { Instant } from '../../core/instant.ts';
import type { ProcessRef } from './process-view.ts';

/**
 * An instance that is a folder. The launcher writes `instance.json`, `agent-config.json` and `agent.json`; the agent
 * writes `runner.json`; whoever ends it first writes `exit.json`. A file `spot-notice` is a notice, by hand.
 */
export const instanceFiles = (folder: string) => ({
  instance: join(folder, 'instance.json'),
  agentConfig: join(folder, 'agent-config.json'),
  agent: join(folder, 'agent.json'),
  agentLog: join(folder, 'agent.log'),
  runner: join(folder, 'runner.json'),
  runnerLog: join(folder, 'runner.log'),
  exit: join(folder, 'exit.json'),
  notice: join(folder, 'spot-notice'),
  /** Where the runner works, and its jobs below it. */
  work: join(folder, 'work'),
});

export type InstanceRecord = Omit<Instance, 'state' | 'endReason' | 'bypassRemoval' | 'impaired'>;

export interface AgentRecord {
  readonly process: ProcessRef;
  readonly startedAt: Instant;
}

/** Without a process: its start was begun. */
export interface RunnerRecord {
  readonly process?: ProcessRef;
}

/** Written before anything is stopped, so that an end which was begun is one that is finished. */
export interface ExitRecord {
  readonly reason: string;
  readonly at: Instant;
}
