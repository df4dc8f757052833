import { bootsFail } from './boots-fail.ts';
import { busyLies } from './busy-lies.ts';
import { callsFail } from './calls-fail.ts';
import { eventsDoubled } from './events-doubled.ts';
import { eventsLate } from './events-late.ts';
import { eventsLost } from './events-lost.ts';
import type { Fault } from './fault.ts';
import { functionsDie } from './functions-die.ts';
import { launchesLost } from './launches-lost.ts';
import { listsLag } from './lists-lag.ts';
import { noCapacity } from './no-capacity.ts';
import { spotNotices } from './spot-notices.ts';
import { throttles } from './throttles.ts';

/** All that can go wrong, by name. */
export const everyFault: readonly Fault[] = [
  bootsFail,
  busyLies,
  callsFail,
  eventsDoubled,
  eventsLate,
  eventsLost,
  functionsDie,
  launchesLost,
  listsLag,
  noCapacity,
  spotNotices,
  throttles,
];
