import { randomUUID } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';

/** The longest wait of one timer; beyond it, Node's fire at once. */
const timerLimitSeconds = 86_400;

/** The time and chance of this machine. */
export function systemClock(): Clock {
  return { now: () => Date.now(), sleep, fraction: Math.random, id: randomUUID };
}

async function sleep(seconds: number): Promise<void> {
  for (let left = seconds; left > 0; left -= timerLimitSeconds) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(left, timerLimitSeconds) * 1000));
  }
}
