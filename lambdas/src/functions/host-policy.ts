import type { FleetConfig } from '../core/config.ts';
import type { Timing } from '../core/timing.ts';
import type { HostPolicy } from '../ports/hosts.ts';

/** What every host of a fleet is told about how long to wait for what. */
export const hostPolicyOf = (fleet: FleetConfig, timing: Timing): HostPolicy => ({
  bootLimitSeconds: fleet.runnerBootTimeMinutes * 60,
  firstJobSeconds: fleet.firstJobMinutes * 60,
  hardLimitSeconds: fleet.hardLimitHours * 3600,
  leaseRenewalSeconds: timing.leaseRenewalSeconds,
  quietSeconds: timing.quietSeconds,
  answerLimitSeconds: timing.answerLimitSeconds,
  rowlessLimitSeconds: timing.rowlessLimitSeconds,
});
