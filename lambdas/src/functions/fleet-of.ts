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

/** The same for one that is to be gone within minutes: who has not begun to work by now need not begin. */
const draining = {
  runnersMaximumCount: 0,
  minimumRunningTimeMinutes: 0,
  runnerBootTimeMinutes: 0,
  idleConfig: [],
  poolConfig: [],
};

export const fleetOf =
  (config: Config, drainingNames: ReadonlySet<string> = new Set()): FleetOf =>
  (name) => {
    const fleet = config.fleets.find((candidate) => candidate.name === name);
    if (drainingNames.has(name)) return { fleet: { name, ...removed, ...fleet, ...draining }, isRemoved: true };
    return fleet === undefined ? { fleet: { name, ...removed }, isRemoved: true } : { fleet, isRemoved: false };
  };
