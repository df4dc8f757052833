import type { Config, FleetConfig } from '../core/config.ts';
import type { FleetOf } from '../core/scale-down-plan.ts';

/** The policy that a removed fleet drains under: nothing of it is wanted, and nobody is hurried. */
const removed: Omit<FleetConfig, 'name'> = {
  labels: [],
  priority: 0,
  scope: 'org',
  owners: [],
  runnerGroup: 'Default',
  ephemeral: true,
  runnersMaximumCount: 0,
  minimumRunningTimeMinutes: 0,
  runnerBootTimeMinutes: 15,
  firstJobMinutes: 10,
  hardLimitHours: 121,
  idleConfig: [],
  poolConfig: [],
  delayWebhookEventSeconds: null,
  enableJobQueuedCheck: true,
  launchesPerHourLimit: 1,
  instanceTypes: [],
  zones: [],
  market: 'spot',
  onDemandFailover: false,
  hash: 'removed',
};

export const fleetOf =
  (config: Config): FleetOf =>
  (name) => {
    const fleet = config.fleets.find((candidate) => candidate.name === name);
    return fleet === undefined ? { fleet: { name, ...removed }, isRemoved: true } : { fleet, isRemoved: false };
  };
