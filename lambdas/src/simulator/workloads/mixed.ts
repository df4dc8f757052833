import type { Pattern } from './pattern.ts';
import { sceneOf } from './scene.ts';
import type { PlannedJob } from './workload.ts';

/** All of them side by side, each with its share of the jobs. */
export const mixed = (parts: Readonly<Record<string, Pattern>>): Pattern => ({
  jobs(scene) {
    const share = 1 / Object.keys(parts).length;
    return inOrder(
      Object.entries(parts).map(([name, part]) =>
        part.jobs(
          sceneOf({
            ...scene,
            jobs: scene.jobs * share,
            jobsAnHour: scene.jobsAnHour * share,
            chance: scene.chance.stream(name),
          }),
        ),
      ),
    );
  },
});

/** Of several endless sequences, whatever comes next. */
function* inOrder(sequences: readonly Iterable<PlannedJob>[]): Generator<PlannedJob> {
  const readers = sequences.map((sequence) => sequence[Symbol.iterator]());
  const heads = readers.map((reader) => reader.next().value as PlannedJob);
  for (;;) {
    let first = 0;
    for (let place = 1; place < heads.length; place++) {
      if ((heads[place] as PlannedJob).atSeconds < (heads[first] as PlannedJob).atSeconds) first = place;
    }
    yield heads[first] as PlannedJob;
    heads[first] = readers[first]?.next().value as PlannedJob;
  }
}
