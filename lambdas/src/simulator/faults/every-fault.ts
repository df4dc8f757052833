import { callsFail } from './calls-fail.ts';
import { eventsLost } from './events-lost.ts';
import type { Fault } from './fault.ts';

/** All that can go wrong, by name. */
export const everyFault: readonly Fault[] = [callsFail, eventsLost];
