import type { Config } from '../../core/config.ts';
import { after } from '../../core/instant.ts';
import type { Timing } from '../../core/timing.ts';
import { scaleDown } from '../../functions/scale-down/scale-down.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import type { Chance } from '../engine/chance.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';
import type { Cloud } from './cloud.ts';
import type { JobOffice } from './job-office.ts';
import type { Lambdas } from './lambdas.ts';

export interface SchedulesOptions {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly timing: Timing;
  readonly functions: Lambdas;
  readonly office: JobOffice;
  readonly cloud: Cloud;
  readonly config: () => Config;
}

const expirySeconds = 600;
const hardLimitLookSeconds = 600;
/** Of a fleet that is not configured any more. */
const usualHardLimitHours = 121;

/** What happens by the clock: EventBridge's schedules, the forge's own tidying, and each machine's timer of its hard limit. */
export function beginSchedules({ time, chance, timing, functions, office, cloud, config }: SchedulesOptions): void {
  const every = (seconds: number, work: () => unknown): void => {
    const tick = (): void => {
      // A schedule does not wait for the run before.
      void work();
      time.at(after(time.now(), seconds), tick);
    };
    time.at(after(time.now(), chance.between(0, seconds)), tick);
  };

  every(timing.scaleDownSeconds, () => functions.invoke('scale-down', scaleDown));
  every(timing.sweepSeconds, () => functions.invoke('sweep', sweep));
  every(expirySeconds, () => office.expire());
  every(hardLimitLookSeconds, () => {
    for (const { id, fleet, launchedAt } of [...cloud.alive.values()]) {
      if (time.now() >= after(launchedAt, hardLimitSeconds(config(), fleet))) cloud.end(id, 'hard-limit', 'hard-limit');
    }
  });
}

/** Of that fleet's machines, by their launch template. */
export const hardLimitSeconds = ({ fleets }: Config, fleet: string): number =>
  (fleets.find(({ name }) => name === fleet)?.hardLimitHours ?? usualHardLimitHours) * 3600;
