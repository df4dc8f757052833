import { setTimeout as sleep } from 'node:timers/promises';
import type { TrialTown } from './trial-town.ts';

const lookSeconds = 0.25;

export const aliveIn = ({ ec2 }: TrialTown): number =>
  ec2.machines().filter(({ state }) => state === 'pending' || state === 'running').length;

/** Every job ran, and nothing is left of those who ran them. */
export const isOver = (town: TrialTown): boolean =>
  town.github.jobs().every(({ status }) => status === 'completed') &&
  town.github.runners().length === 0 &&
  aliveIn(town) === 0;

/** False: it never came to hold. */
export async function isSoon(condition: () => boolean, limitSeconds: number): Promise<boolean> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < limitSeconds * 1000) {
    if (condition()) return true;
    await sleep(lookSeconds * 1000);
  }
  return condition();
}
