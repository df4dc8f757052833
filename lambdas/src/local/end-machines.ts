import type { Instance } from '../core/instance.ts';
import type { Compute } from '../ports/compute.ts';

export async function aliveIn(compute: Compute): Promise<readonly Instance[]> {
  const alive: Instance[] = [];
  for await (const instance of compute.list({})) if (instance.state !== 'terminated') alive.push(instance);
  return alive;
}

/** A demo's machines have nobody to work for once its forge is gone: none of them may outlive it. */
export async function endMachines(compute: Compute, reason: string): Promise<void> {
  const alive = await aliveIn(compute);
  if (alive.length > 0)
    await compute.end(
      alive.map(({ id }) => id),
      reason,
    );
}
