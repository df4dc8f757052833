import { messageOf } from '../../core/errors.ts';
import { after } from '../../core/instant.ts';
import { drain } from '../drain/drain.ts';
import { unmarkDraining } from '../drain/drain-mark.ts';
import type { LoadedFunction } from './cold-start.ts';
import type { ControlPlane } from './control-world.ts';
import type { DrainCall } from './drain-event.ts';
import type { Invocation } from './in-invocation.ts';

type Loaded = LoadedFunction<Pick<ControlPlane, 'world'>>;

/** Kept free for the turn that runs when time is up, and for the answer. */
const reserveSeconds = 30;
/** A role that was made a moment ago has its rights within seconds, but not at once. */
const keepTries = 5;
const keepPauseSeconds = 3;

/** Terraform waits meanwhile, and shows what is thrown. */
export async function answerTerraform(loaded: Loaded, call: DrainCall, invocation: Invocation): Promise<void> {
  if (call.kind === 'keep') return keep(loaded, call.fleet);
  const { world } = await loaded.ready();
  const seconds = invocation.getRemainingTimeInMillis() / 1000 - reserveSeconds;
  const limitSeconds = call.limitSeconds / world.config.timeScale;
  await drain({ ...world, deadlineAt: after(world.clock.now(), seconds) }, { ...call, limitSeconds });
}

/** Never fails: a fleet that was just made has no mark, and any other mark ends by itself. */
async function keep({ ready, clock, log }: Loaded, fleet: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await unmarkDraining((await ready()).world, fleet);
    } catch (error) {
      if (tries < keepTries) {
        await clock.sleep(keepPauseSeconds);
        continue;
      }
      log.warn('A fleet that was drained lately may launch nothing for an hour.', { fleet, reason: messageOf(error) });
      return;
    }
  }
}
