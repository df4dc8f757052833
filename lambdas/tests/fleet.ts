import type { FleetConfig } from '../src/core/config.ts';

const plain: FleetConfig = {
  name: 'linux-x64',
  labels: ['self-hosted', 'linux', 'x64'],
  priority: 999,
  scope: 'org',
  owners: [],
  runnerGroup: 'Default',
  ephemeral: true,
  runnersMaximumCount: 3,
  minimumRunningTimeMinutes: 5,
  runnerBootTimeMinutes: 5,
  firstJobMinutes: 10,
  hardLimitHours: 121,
  idleConfig: [],
  poolConfig: [],
  delayWebhookEventSeconds: null,
  enableJobQueuedCheck: false,
  launchesPerHourLimit: 1000,
  instanceTypes: ['process'],
  zones: ['local'],
  market: 'spot',
  onDemandFailover: false,
  hash: 'a',
};

/** A fleet with every default, and what the test says otherwise. */
export const fleet = (different: Partial<FleetConfig> = {}): FleetConfig => ({ ...plain, ...different });
