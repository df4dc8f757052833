import type { Balance } from '../../core/balance.ts';
import { after } from '../../core/instant.ts';
import { type Lane, laneKey } from '../../core/lane.ts';
import type { LaneView, Starving, Usage } from '../../core/lane-view.ts';
import type { ScaleUpPlan, WaitReason } from '../../core/scale-up-plan.ts';
import { starvingSince } from '../../core/starving.ts';
import { longestStarving } from '../longest-starving.ts';
import type { World } from '../world.ts';

/** A queue's longest delay: 15 minutes on SQS. */
export const delayLimitSeconds = 900;

/** One pending continuation a lane: whoever writes `continueAt` sends the message, the others are done. */
export async function continueLater(
  world: World,
  lane: Lane,
  wait: { readonly reason: string; readonly seconds: number },
): Promise<void> {
  const { clock, ledger, queue } = world;
  // Jitter, so that lanes that were stopped by the same thing don't come back as one.
  const seconds = Math.min(delayLimitSeconds, Math.max(1, wait.seconds * (0.9 + clock.fraction() * 0.2)));
  const now = clock.now();
  const isOurs = await ledger.continueAt(lane, after(now, seconds), now);
  // A queue counts whole seconds; a message that came too early would find its lane still waiting, and be the last one.
  if (isOurs) await queue.send([{ lane: laneKey(lane), reason: wait.reason }], Math.ceil(seconds));
}

const heldBy = (reason: WaitReason): Starving['by'] => {
  if (reason === 'deployment-limit' || reason === 'older-lane-in-deployment') return 'deployment-limit';
  return reason === 'fleet-limit' || reason === 'older-lane-in-fleet' ? 'fleet-limit' : 'other';
};

interface Starvation {
  readonly view: LaneView;
  readonly balance: Balance;
  readonly usage: Usage;
  readonly plan: ScaleUpPlan;
}

/** Keeps the list of starving lanes true: written when it changes, or when its age would make others doubt it. */
export async function recordStarvation(world: World, { view, balance, usage, plan }: Starvation): Promise<void> {
  const lane = laneKey(view.lane);
  const known = usage.starving.find((starving) => starving.lane === lane);
  const now = world.clock.now();
  const [deficit, reason] =
    plan.kind === 'wait'
      ? [plan.deficit, plan.reason]
      : plan.kind === 'launch'
        ? [plan.left, plan.leftReason]
        : [0, undefined];
  if (deficit === 0 || reason === undefined) {
    if (known === undefined || plan.kind === 'read') return;
    await world.ledger.starve({ lane, deficit: 0 });
    await passOn(world, view.lane, known);
    return;
  }
  // A pool without jobs can wait for anybody, so it keeps no slot from them.
  const by = balance.waiting.length === 0 ? 'other' : heldBy(reason);
  const since = starvingSince(balance, now);
  const isFresh = known !== undefined && now < after(known.seenAt, world.timing.continuationLastSeconds / 2);
  if (isFresh && known.deficit === deficit && known.by === by && known.since === since) return;
  await world.ledger.starve({ lane, since, deficit, by, seenAt: now });
  if (known !== undefined && by === 'other') await passOn(world, view.lane, known);
}

/**
 * One bell rang for a freed slot, or for several: a lane that wants no more of them passes it on, a moment later, so that
 * it has taken its own by then.
 */
async function passOn(world: World, { fleet }: Lane, known: Starving): Promise<void> {
  if (known.by === 'other') return;
  const lanes = longestStarving(world, fleet, await world.ledger.usage(fleet, []));
  await world.queue.send(
    lanes.map((lane) => ({ lane, reason: 'slot-left-over' })),
    1,
  );
}
