import type { Instant } from '../core/instant.ts';
import type { RunnerGrant } from './forge.ts';

/** What the host function sees of its own machine. Root's view: a job can forge hooks, not the process table. */
export interface Machine {
  readonly instanceId: string;
  readonly startedAt: Instant;
  /** Starts the runner in a unit of its own, so that it outlives this agent. */
  startRunner(grant: RunnerGrant): Promise<void>;
  /** `none`: not started on this machine yet. An agent that was restarted finds the runner that it left behind. */
  runner(): Promise<'none' | 'running' | 'exited'>;
  /** Is a process alive that executes a job? */
  worker(): Promise<'none' | 'running'>;
  /** The provider takes this machine back at that time; null: it said nothing. */
  notice(): Promise<Instant | null>;
  /** Ends the runner, if any, and then the machine. Does not return in most worlds. */
  end(reason: string): Promise<void>;
}
