import { bootSeconds, readBootStages } from '../core/boot-stages.ts';
import { type Lane, laneKey } from '../core/lane.ts';
import type { HostRow } from '../core/runner.ts';
import type { Log } from '../ports/log.ts';

/** One line for each machine that is gone: the boot's part of why its job waited. */
export function noteBootTimes(log: Log, lane: Lane, hosts: readonly HostRow[]): void {
  for (const { instanceId, lease } of hosts) {
    const stages = readBootStages(lease?.boot);
    if (Object.keys(stages).length === 0) continue;
    log.info('boot', { lane: laneKey(lane), instance: instanceId, seconds: bootSeconds(stages), ...stages });
  }
}
