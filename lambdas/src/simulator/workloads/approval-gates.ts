import type { Pattern } from './pattern.ts';
import { arrivals, even } from './rhythm.ts';

const gatedShare = 0.4;
const shortestGateSeconds = 60;
const medianGateSeconds = 1_200;
const gateSpread = 1.2;

/** Part of the jobs wait for a person's approval first, minutes to hours. */
export const approvalGates: Pattern = {
  *jobs(scene) {
    const gates = scene.chance.stream('gates');
    for (const atSeconds of arrivals(even, scene)) {
      const job = scene.jobAt(atSeconds);
      if (!gates.happens(gatedShare)) {
        yield job;
        continue;
      }
      const gateSeconds = Math.max(shortestGateSeconds, gates.lognormal(medianGateSeconds, gateSpread));
      yield { ...job, blockedSeconds: Math.min(scene.spanLimitSeconds, gateSeconds) };
    }
  },
};
