import { spaced } from '../../adapters/forge/github/pace.ts';
import { ThrottledError } from '../../core/errors.ts';
import { ageSeconds } from '../../core/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Forge, RunnerGrant, RunnerSpec } from '../../ports/forge.ts';

/** As GitHub's adapter is by itself: 3 writes a second a process and App, and so much patience with a refusal. */
const writesPerSecond = 3;
const patienceSeconds = 60;
const refusalsLimit = 3;

/** The forge through one environment's client, which paces its writes and waits where it is told to. */
export function patientForge(forge: Forge, clock: Clock): Forge {
  const paces = new Map(forge.apps.map((app) => [app, spaced(clock, writesPerSecond, patienceSeconds)]));
  const create = async (spec: RunnerSpec): Promise<RunnerGrant> => {
    const patientUntil = clock.now() + patienceSeconds * 1000;
    for (let refusals = 1; ; refusals++) {
      try {
        return await forge.createRunner(spec);
      } catch (error) {
        const retryAt = error instanceof ThrottledError ? error.retryAt : undefined;
        if (retryAt === undefined || retryAt > patientUntil || refusals > refusalsLimit) throw error;
        await clock.sleep(ageSeconds(clock.now(), retryAt));
      }
    }
  };
  return {
    ...forge,
    createRunner: (spec) =>
      paces
        .get(spec.app)
        ?.key(spec.app)
        .schedule({}, () => create(spec)) ?? create(spec),
  };
}
