import type { FleetConfig } from '../../core/config.ts';
import type { Timing } from '../../core/timing.ts';

/**
 * Where an idle runner may still take the job, it gets the time to; where none can, just long enough to gather a
 * matrix burst into one launch.
 */
export function requestDelaySeconds(fleet: FleetConfig, timing: Timing): number {
  if (fleet.delayWebhookEventSeconds !== null) return fleet.delayWebhookEventSeconds;
  const mayIdle = !fleet.ephemeral || fleet.poolConfig.length > 0 || fleet.idleConfig.length > 0;
  return mayIdle ? timing.webhookDelayIdleSeconds : timing.webhookDelaySeconds;
}
