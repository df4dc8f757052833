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
  /**
   * Keeps the runner from taking jobs: what the forge hands out from now on is taken up by nobody, and queued again.
   * `working`: it has one in hand, though perhaps no worker yet; then nothing has changed, and it goes on. There is no way
   * back from `stopped`, and to stop twice is no harm. Without it, a job handed out in the moment before the end dies.
   */
  stopListening(): Promise<'stopped' | 'working'>;
  /** Ends the runner, if any, and then the machine. Does not return in most worlds. */
  end(reason: string): Promise<void>;
}
