import type { Instant } from '../../core/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RunnerGrant } from '../../ports/forge.ts';
import type { Machine } from '../../ports/machine.ts';

/** What a test or a simulation decides about a machine. An `Error` is thrown when that is looked at, or done. */
interface MachineState {
  readonly runner: 'none' | 'running' | 'exited' | Error;
  readonly worker: 'none' | 'running' | Error;
  readonly notice: Instant | null | Error;
  readonly hasJobInHand: boolean;
  readonly startError: Error | undefined;
  readonly endError: Error | undefined;
}

const untouched: MachineState = {
  runner: 'none',
  worker: 'none',
  notice: null,
  hasJobInHand: false,
  startError: undefined,
  endError: undefined,
};

/** A machine without processes. */
export interface MemoryMachine extends Machine {
  setRunner(runner: MachineState['runner']): void;
  setWorker(worker: MachineState['worker']): void;
  setNotice(notice: MachineState['notice']): void;
  /** The forge has just handed a job to its runner, which has no worker yet. */
  setJobInHand(hasJobInHand: boolean): void;
  /** Starts throw until this is called with undefined. */
  failStarts(error: Error | undefined): void;
  failEnds(error: Error | undefined): void;
  /** The grants that it started a runner with. */
  readonly started: readonly RunnerGrant[];
  /** Its runner takes no jobs any more. */
  isStopped(): boolean;
  /** Why it ended; undefined while it lives. */
  endReason(): string | undefined;
}

export interface MemoryMachineOptions {
  readonly instanceId?: string;
  readonly clock: Clock;
}

export function memoryMachine({ instanceId = 'i-memory', clock }: MemoryMachineOptions): MemoryMachine {
  const started: RunnerGrant[] = [];
  let endReason: string | undefined;
  let isStopped = false;
  let state = untouched;
  const set = (change: Partial<MachineState>): void => {
    state = { ...state, ...change };
  };

  return {
    instanceId,
    startedAt: clock.now(),
    startRunner: async (grant) => {
      if (state.startError) throw state.startError;
      started.push(grant);
      set({ runner: 'running' });
    },
    runner: async () => known(state.runner),
    worker: async () => known(state.worker),
    notice: async () => known(state.notice),
    stopListening: async () => {
      if (state.hasJobInHand || known(state.worker) === 'running') return 'working';
      isStopped = true;
      return 'stopped';
    },
    end: async (reason) => {
      if (state.endError) throw state.endError;
      endReason ??= reason;
      set({ runner: state.runner === 'none' ? 'none' : 'exited', worker: 'none' });
    },
    setRunner: (runner) => set({ runner }),
    setWorker: (worker) => set({ worker }),
    setNotice: (notice) => set({ notice }),
    setJobInHand: (hasJobInHand) => set({ hasJobInHand }),
    failStarts: (startError) => set({ startError }),
    failEnds: (endError) => set({ endError }),
    started,
    isStopped: () => isStopped,
    endReason: () => endReason,
  };
}

function known<T>(state: T | Error): T {
  if (state instanceof Error) throw state;
  return state;
}
