import { type Lane, laneKey } from '../../core/lane.ts';
import type { Key } from './table.ts';

/** Every key of the one table, in one place. Sort keys hold nothing that changes. */
export const keys = {
  job: (key: string): Key => ({ pk: `job:${key}`, sk: 'job' }),
  unmatched: (key: string): Key => ({ pk: 'unmatched', sk: key }),
  lanes: (lane: Lane): Key => ({ pk: 'lanes', sk: laneKey(lane) }),
  repository: (repo: string): Key => ({ pk: 'repositories', sk: repo }),

  lane: (lane: Lane): string => `lane:${laneKey(lane)}`,
  head: (lane: Lane): Key => ({ pk: keys.lane(lane), sk: 'head' }),
  laneJob: (lane: Lane, key: string): Key => ({ pk: keys.lane(lane), sk: `job#${key}` }),
  runner: (lane: Lane, instanceId: string): Key => ({ pk: keys.lane(lane), sk: `runner#${instanceId}` }),
  intent: (lane: Lane, launchId: string): Key => ({ pk: keys.lane(lane), sk: `intent#${launchId}` }),
  /** Tombstones stand outside the lane, so that reading a lane costs what lives in it, not a week of what was. */
  gone: (launchId: string, instanceId: string): Key => ({ pk: `gone:${launchId}`, sk: instanceId }),

  fleet: (fleet: string): string => `fleet:${fleet}`,
  fleetUsed: (fleet: string): Key => ({ pk: keys.fleet(fleet), sk: 'used' }),
  launchCap: (fleet: string): Key => ({ pk: keys.fleet(fleet), sk: 'launch-cap' }),
  breaker: (fleet: string): Key => ({ pk: keys.fleet(fleet), sk: 'breaker' }),
  rest: (fleet: string, type: string, zone: string): Key => ({ pk: keys.fleet(fleet), sk: `rest#${type}/${zone}` }),
  deployment: 'deployment',
  deploymentUsed: { pk: 'deployment', sk: 'used' } satisfies Key,
  starving: (lane: string): Key => ({ pk: 'deployment', sk: `starving#${lane}` }),
  budget: (app: string): Key => ({ pk: `budget:${app}`, sk: 'tat' }),

  cursor: (name: string): Key => ({ pk: 'cursor', sk: name }),
  stray: (scope: string, registrationId: string): Key => ({ pk: `stray:${scope}`, sk: registrationId }),
};
