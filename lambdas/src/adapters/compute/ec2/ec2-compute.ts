import type { EC2Client } from '@aws-sdk/client-ec2';
import type { Ec2Fleet } from '../../../core/config.ts';
import { ConfigError } from '../../../core/errors.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Compute, LaunchError, LaunchRequest } from '../../../ports/compute.ts';
import type { Log } from '../../../ports/log.ts';
import { endInstances } from './end-instances.ts';
import { launch } from './launch.ts';
import { listInstances } from './list-instances.ts';

export interface Ec2ComputeOptions {
  readonly client: EC2Client;
  /** The deployment's name: machines of another one are never seen. */
  readonly prefix: string;
  /** undefined for a fleet that is no longer configured: nothing is launched for it, and its machines still end. */
  readonly fleetOf: (name: string) => Ec2Fleet | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** Machines of EC2: launched by instant fleets, found by their tags, ended in batches. */
export function ec2Compute({ client, prefix, fleetOf, clock, log }: Ec2ComputeOptions): Compute {
  return {
    launch: async (request) => {
      const fleet = fleetOf(request.fleet);
      if (fleet === undefined) throw new ConfigError([`fleet ${request.fleet} has no settings for EC2: add them`]);
      const result = await launch({ client, prefix, fleet, now: clock.now }, request);
      if (result.errors.length > 0) noteErrors(log, request, result.errors);
      return result;
    },
    list: (filter) => listInstances(client, prefix, filter),
    end: (ids) => endInstances({ client, clock, log }, ids),
  };
}

/** One line a launch: what each place answered, alike answers once. */
function noteErrors(log: Log, { lane, launchId }: LaunchRequest, errors: readonly LaunchError[]): void {
  const reasons = [...new Set(errors.map(({ kind, message }) => `${kind}: ${message}`))];
  log.warn('EC2 launched fewer machines than were asked for.', { lane, launchId, reasons });
}
