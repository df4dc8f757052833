import { bootsTriedSparingly } from './boots-tried-sparingly.ts';
import type { MakeCheck } from './check.ts';
import { hourlyCapKept } from './hourly-cap-kept.ts';
import { jobsTriedSparingly } from './jobs-tried-sparingly.ts';
import { neverOverTheLimit } from './never-over-the-limit.ts';
import { noBusyRunnerEnded } from './no-busy-runner-ended.ts';
import { noJobLate } from './no-job-late.ts';
import { noJobLost } from './no-job-lost.ts';
import { noLaunchForNothing } from './no-launch-for-nothing.ts';
import { noMachineOutlivesItsLimit } from './no-machine-outlives-its-limit.ts';
import { noRegistrationOutlivesItsMachine } from './no-registration-outlives-its-machine.ts';
import { nothingLeaked } from './nothing-leaked.ts';
import { oneIdentityAMachine } from './one-identity-a-machine.ts';

/** The promises, a file each, and a file for each way to break one that needs more than a few lines to see. */
export const everyCheck: readonly MakeCheck[] = [
  noJobLost,
  noJobLate,
  noBusyRunnerEnded,
  nothingLeaked,
  noLaunchForNothing,
  bootsTriedSparingly,
  jobsTriedSparingly,
  hourlyCapKept,
  oneIdentityAMachine,
  noMachineOutlivesItsLimit,
  noRegistrationOutlivesItsMachine,
  neverOverTheLimit,
];
