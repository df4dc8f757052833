import type { LaunchError, LaunchRequest } from '../../core/instance.ts';
import type { Chance } from '../engine/chance.ts';
import type { Fault } from './fault.ts';

export const partialFleets: Fault = {
  name: 'partial-fleets',
  sentence: 'Fewer machines come than were asked for, or none, for all kinds of reasons.',
  begin: ({ chance, intensity, hit }) => ({
    ofLaunch: (request) => {
      if (!chance.happens(0.5 * intensity)) return undefined;
      hit();
      return { limit: chance.whole(0, request.count - 1), error: errorOf(request, chance) };
    },
  }),
};

/** CreateFleet names the override that failed, in most cases. */
function errorOf({ placements }: LaunchRequest, chance: Chance): LaunchError {
  const placement = chance.pick(placements);
  return chance.pick<LaunchError>([
    { kind: 'capacity', message: 'InsufficientInstanceCapacity', placement },
    { kind: 'capacity', message: 'UnfulfillableCapacity' },
    { kind: 'unknown', message: 'InternalError' },
    { kind: 'configuration', message: 'InvalidFleetConfiguration', placement },
  ]);
}
