import type { Forge } from '../../../ports/forge.ts';

/** The methods of the port, by name. */
export type ForgeMethod = Exclude<keyof Forge, 'kind' | 'can' | 'apps'>;

export const forgeMethods: readonly ForgeMethod[] = [
  'parseWebhook',
  'missedEvents',
  'repositories',
  'openJobs',
  'getJob',
  'createRunner',
  'listRunners',
  'removeRunner',
];

interface Failure {
  readonly when: 'before' | 'after';
  readonly error: Error;
  left: number;
}

export interface Faults {
  readonly calls: Readonly<Record<ForgeMethod, number>>;
  /** Counts a call; throws if it is to fail before its effect. The answer is to be called after the effect. */
  enter(method: ForgeMethod): () => void;
  failNext(method: ForgeMethod, when: 'before' | 'after', error: Error, times?: number): void;
  clearFailures(): void;
}

/** Which calls fail, and whether they take effect first. Failures of one method happen in the order they were asked for. */
export function forgeFaults(): Faults {
  const calls = Object.fromEntries(forgeMethods.map((method) => [method, 0])) as Record<ForgeMethod, number>;
  const failures = new Map<ForgeMethod, Failure[]>();

  const take = (method: ForgeMethod): Failure | undefined => {
    const failure = failures.get(method)?.find((planned) => planned.left > 0);
    if (failure) failure.left -= 1;
    return failure;
  };

  return {
    calls,
    enter(method) {
      calls[method] += 1;
      const failure = take(method);
      if (failure?.when === 'before') throw failure.error;
      return () => {
        if (failure) throw failure.error;
      };
    },
    failNext(method, when, error, times = 1) {
      failures.set(method, [...(failures.get(method) ?? []), { when, error, left: times }]);
    },
    clearFailures: () => failures.clear(),
  };
}
