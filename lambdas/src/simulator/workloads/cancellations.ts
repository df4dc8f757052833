import type { Chance } from '../engine/chance.ts';
import type { Pattern } from './pattern.ts';
import { pushes } from './pushes.ts';

const pushLimit = 16;

/** Many pushes are overtaken by the next one, or given up: all their jobs are cancelled, before a machine is there or on it. */
export const cancellations: Pattern = {
  *jobs(scene) {
    const chance = scene.chance.stream('cancellations');
    for (const { atSeconds, size, origin } of pushes(scene, pushLimit)) {
      const cancelAfterSeconds = secondsUntilCancelled(chance);
      for (let job = 0; job < size; job++) {
        const planned = scene.jobAt(atSeconds, origin);
        yield cancelAfterSeconds === undefined ? planned : { ...planned, cancelAfterSeconds };
      }
    }
  },
};

function secondsUntilCancelled(chance: Chance): number | undefined {
  const fate = chance.fraction();
  if (fate < 0.25) return chance.between(1, 30);
  if (fate < 0.5) return chance.between(60, 600);
  return undefined;
}
