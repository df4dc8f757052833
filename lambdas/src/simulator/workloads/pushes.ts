import type { Origin, Scene } from './scene.ts';

/** A commit that starts many jobs at once, all with the same labels. */
export interface Push {
  readonly atSeconds: number;
  readonly size: number;
  readonly origin: Origin;
}

/** Small ones are common and big ones rare: as many of 1 to 16 jobs as of 16 to 256. */
export function* pushes(scene: Scene, sizeLimit: number): Generator<Push> {
  const chance = scene.chance.stream('pushes');
  // A workload of a few jobs has several pushes as well.
  const limit = Math.min(sizeLimit, Math.max(1, Math.floor(scene.jobs / 4)));
  const size = (): number => Math.floor((limit + 1) ** chance.fraction());
  // The size of another push stands for the mean, whatever the limit makes of it.
  const pauseSeconds = (): number => chance.exponential((size() * 3_600) / scene.jobsAnHour);

  for (let atSeconds = pauseSeconds(); ; atSeconds += pauseSeconds()) {
    yield { atSeconds, size: size(), origin: scene.origin() };
  }
}
