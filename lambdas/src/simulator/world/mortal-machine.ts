import type { Machine } from '../../ports/machine.ts';

/** What a killed agent awaits never answers, and what it would do is not done. */
export function mortal(machine: Machine, isAlive: () => boolean): Machine {
  const guarded = <Args extends unknown[], T>(method: (...args: Args) => Promise<T>) => {
    return (...args: Args): Promise<T> => (isAlive() ? method(...args) : new Promise<T>(() => {}));
  };
  return {
    ...machine,
    startRunner: guarded(machine.startRunner),
    runner: guarded(machine.runner),
    worker: guarded(machine.worker),
    notice: guarded(machine.notice),
    stopListening: guarded(machine.stopListening),
    end: guarded(machine.end),
  };
}
