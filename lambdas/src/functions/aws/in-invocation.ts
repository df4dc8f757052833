import { after } from '../../core/instant.ts';
import type { World } from '../world.ts';

/** What a function is told of the invocation that it runs in. */
export interface Invocation {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** Kept free for what was begun: a call to EC2, and the ledger's word about it. */
const reserveSeconds = 15;
const reserveShare = 0.25;

/**
 * The world with this invocation's end in it. It stops early enough for what runs, and no later than a scale-up's writes
 * are its own, however long the function may run.
 */
export function inInvocation(world: World, invocation: Invocation): World {
  const remaining = invocation.getRemainingTimeInMillis() / 1000;
  const seconds = Math.min(remaining, world.timing.scaleUpLimitSeconds);
  const reserve = Math.min(reserveSeconds, seconds * reserveShare);
  return { ...world, deadlineAt: after(world.clock.now(), seconds - reserve) };
}
