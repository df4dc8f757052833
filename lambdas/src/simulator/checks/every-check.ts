import type { MakeCheck } from './check.ts';
import { neverOverTheLimit } from './never-over-the-limit.ts';
import { noBusyRunnerEnded } from './no-busy-runner-ended.ts';
import { noJobLost } from './no-job-lost.ts';
import { nothingLeaked } from './nothing-leaked.ts';

/** The promises, a file each. */
export const everyCheck: readonly MakeCheck[] = [noJobLost, noBusyRunnerEnded, nothingLeaked, neverOverTheLimit];
