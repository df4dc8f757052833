import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../ports/clock.ts';

const fractionSteps = 2 ** 32;

/** The machine's own time and chance. */
export const systemClock = (): Clock => ({
  now: () => Date.now(),
  sleep: async (seconds) => {
    if (seconds > 0) await pause(seconds * 1000);
  },
  fraction: () => randomInt(fractionSteps) / fractionSteps,
  id: () => randomUUID(),
});
