import { ofForge } from './of-forge.ts';
import { ofFunctions } from './of-functions.ts';
import { ofHosts } from './of-hosts.ts';
import { ofJobs } from './of-jobs.ts';
import { ofLaunches } from './of-launches.ts';
import { ofLimits } from './of-limits.ts';
import { ofRunners } from './of-runners.ts';
import type { Sometimes } from './sometimes.ts';

/** What a campaign has to have lived through, at least once, before it says anything. */
export const everySometimes: readonly Sometimes[] = [
  ...ofLaunches,
  ...ofLimits,
  ...ofJobs,
  ...ofRunners,
  ...ofHosts,
  ...ofForge,
  ...ofFunctions,
];
