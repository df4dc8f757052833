import type { Instant } from '../../core/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RunnerGrant } from '../../ports/forge.ts';
import type { Machine } from '../../ports/machine.ts';

type Doubtful<T> = T | Error;

/** A machine without processes. An `Error` as a state is thrown when it is looked at. */
export interface MemoryMachine extends Machine {
  setRunner(runner: Doubtful<'none' | 'running' | 'exited'>): void;
  setWorker(worker: Doubtful<'none' | 'running'>): void;
  setNotice(notice: Doubtful<Instant | null>): void;
  /** The next starts throw until this is called with undefined. */
  failStarts(error: Error | undefined): void;
  failEnds(error: Error | undefined): void;
  readonly started: readonly RunnerGrant[];
  /** Why it ended; undefined while it lives. */
  endReason(): string | undefined;
}

export interface MemoryMachineOptions {
  readonly instanceId?: string;
  readonly clock: Clock;
}

export function memoryMachine({ instanceId = 'i-memory', clock }: MemoryMachineOptions): MemoryMachine {
  const started: RunnerGrant[] = [];
  let runner: Doubtful<'none' | 'running' | 'exited'> = 'none';
  let worker: Doubtful<'none' | 'running'> = 'none';
  let notice: Doubtful<Instant | null> = null;
  let startError: Error | undefined;
  let endError: Error | undefined;
  let endReason: string | undefined;

  return {
    instanceId,
    startedAt: clock.now(),
    startRunner: async (grant) => {
      if (startError) throw startError;
      started.push(grant);
      runner = 'running';
    },
    runner: async () => known(runner),
    worker: async () => known(worker),
    notice: async () => known(notice),
    end: async (reason) => {
      if (endError) throw endError;
      endReason ??= reason;
      runner = runner === 'none' ? 'none' : 'exited';
      worker = 'none';
    },

    setRunner: (next) => {
      runner = next;
    },
    setWorker: (next) => {
      worker = next;
    },
    setNotice: (next) => {
      notice = next;
    },
    failStarts: (error) => {
      startError = error;
    },
    failEnds: (error) => {
      endError = error;
    },
    started,
    endReason: () => endReason,
  };
}

function known<T>(state: Doubtful<T>): T {
  if (state instanceof Error) throw state;
  return state;
}
