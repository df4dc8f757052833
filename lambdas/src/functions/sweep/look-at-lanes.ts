import type { LaneFacts } from '../../core/balance.ts';
import { laneKey } from '../../core/lane.ts';
import { balanceNow } from '../lane-facts.ts';
import type { World } from '../world.ts';
import type { SweepFacts } from './observe-deployment.ts';

/** Rings for each lane that lacks runners and does not already wait, and for launches that nobody settles. */
export async function lookAtLanes(world: World, { lanes }: SweepFacts): Promise<number> {
  const requests = lanes.flatMap((facts) => {
    const reason = reasonToRing(world, facts);
    return reason === undefined ? [] : [{ lane: laneKey(facts.view.lane), reason }];
  });
  await world.queue.send(requests, 0);
  for (const request of requests) world.log.info('sweep', { ...request, kind: 'ring' });
  return requests.length;
}

function reasonToRing(world: World, facts: LaneFacts): string | undefined {
  const now = world.clock.now();
  const { view } = facts;
  if (view.intents.some((intent) => now >= intent.ownedUntil)) return 'intent-without-owner';
  const fleet = world.config.fleets.find(({ name }) => name === view.lane.fleet);
  if (fleet === undefined) return undefined;
  // Past its moment, a continuation's message was lost: then this is it.
  if (view.continueAt !== undefined && now < view.continueAt) return undefined;
  const balance = balanceNow(world, fleet, facts, now);
  if (balance.stuck.length > 0) {
    const reason = 'three-launches-did-not-start-it';
    world.log.error('Jobs wait though runners came for them.', {
      lane: laneKey(view.lane),
      reason,
      jobs: balance.stuck.length,
    });
  }
  if (balance.deficit > 0) return 'lane-lacks-runners';
  return hasUngranted(facts) ? 'grants-missing' : undefined;
}

const hasUngranted = ({ view, hosts }: LaneFacts): boolean =>
  view.runners.some(
    ({ instanceId, phase }) => phase === 'up' && (hosts.get(instanceId)?.grantState ?? 'none') === 'none',
  );
