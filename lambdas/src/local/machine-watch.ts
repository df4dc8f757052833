import { lookAtMachine } from '../functions/sweep/look-at-machine.ts';
import type { World } from '../functions/world.ts';

/** What EC2's state-change events are on AWS: tells the sweep of each machine that ended, once, within a moment. */
export function machineWatch(world: World): () => Promise<void> {
  const told = new Set<string>();
  return async () => {
    const ended: string[] = [];
    const listed = new Set<string>();
    for await (const instance of world.compute.list({})) {
      listed.add(instance.id);
      if (instance.state === 'terminated' && !told.has(instance.id)) ended.push(instance.id);
    }
    for (const id of ended) {
      await lookAtMachine(world, id);
      told.add(id);
    }
    for (const id of told) if (!listed.has(id)) told.delete(id);
  };
}
