import { spaced } from '../src/adapters/forge/github/pace.ts';
import { ThrottledError } from '../src/core/errors.ts';
import { after, ageSeconds, type Instant } from '../src/core/instant.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Forge, RunnerGrant, RunnerSpec } from '../src/ports/forge.ts';

/** GitHub's documented limits: 900 points a minute and 5 a write, and 1,500 registrations in 5 minutes an owner. */
const grants = { limit: 180, seconds: 60 };
const registrations = { limit: 1500, seconds: 300 };

/** What GitHub's adapter does as it comes: 3 writes a second a process, and this much patience with a refusal. */
const writesPerSecond = 3;
const patienceSeconds = 60;
const refusalsLimit = 3;

export interface LimitedForge {
  /** The forge as one process of ours reaches it. */
  client(): Forge;
  refusals(): number;
}

/** A forge that keeps the limits over any minute, whoever asks, and clients that wait as GitHub's adapter does. */
export function limitedForge(forge: Forge, clock: Clock): LimitedForge {
  let refused = 0;
  const windows = new Map<string, Instant[]>();
  const windowOf = (name: string): Instant[] => {
    const window = windows.get(name) ?? [];
    windows.set(name, window);
    return window;
  };

  /** Seconds to wait; 0: it was taken. */
  const take = ({ app, scope }: RunnerSpec): number => {
    const [mine, everybody] = [windowOf(app), windowOf(scope)];
    const seconds = Math.max(secondsLeft(mine, grants, clock), secondsLeft(everybody, registrations, clock));
    if (seconds > 0) refused += 1;
    else for (const window of [mine, everybody]) window.push(clock.now());
    return seconds;
  };

  const createPatiently = async (spec: RunnerSpec): Promise<RunnerGrant> => {
    let waited = 0;
    for (let refusal = 0; ; refusal++) {
      const seconds = take(spec);
      if (seconds === 0) return forge.createRunner(spec);
      waited += seconds;
      const retryAt = after(clock.now(), seconds);
      if (refusal >= refusalsLimit || waited > patienceSeconds)
        throw new ThrottledError('The forge says so', { retryAt });
      await clock.sleep(seconds);
    }
  };

  return {
    client: () => {
      const pace = new Map(forge.apps.map((app) => [app, spaced(clock, writesPerSecond, patienceSeconds)]));
      const createRunner = (spec: RunnerSpec): Promise<RunnerGrant> =>
        pace
          .get(spec.app)
          ?.key(spec.app)
          .schedule({}, () => createPatiently(spec)) ?? createPatiently(spec);
      return { ...forge, createRunner };
    },
    refusals: () => refused,
  };
}

function secondsLeft(taken: readonly Instant[], { limit, seconds }: typeof grants, clock: Clock): number {
  const oldest = taken.at(-limit);
  return oldest === undefined ? 0 : Math.max(0, Math.ceil(seconds - ageSeconds(oldest, clock.now())));
}
