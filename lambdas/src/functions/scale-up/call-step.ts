import { DeniedError, messageOf } from '../../core/errors.ts';
import type { LaunchRequest, LaunchResult } from '../../core/instance.ts';
import type { Intent } from '../../core/lane-view.ts';
import { TokenMismatchError } from '../../ports/compute.ts';
import { hasTime, type World } from '../world.ts';

/** The same request with the same token again does no harm, so an answer that was lost is asked for again. */
const callLimit = 4;

/** Makes one call of a launch step. `unknown`: it may or may not have launched; the intent must stay open. */
export async function callStep(
  world: World,
  intent: Intent,
  request: LaunchRequest,
  isReplay = false,
): Promise<LaunchResult | 'unknown'> {
  for (let call = 0; call < callLimit; call++) {
    if (world.clock.now() >= intent.notAfter || !hasTime(world)) return 'unknown';
    try {
      return await world.compute.launch(request);
    } catch (error) {
      const reason = messageOf(error);
      const isFirst = call === 0 && !isReplay;
      // Only a refusal of the very first call says that nothing came: one before it, whose answer was lost, may have worked.
      if (error instanceof DeniedError && isFirst)
        return { instances: [], errors: [{ kind: 'permission', message: reason }] };
      world.log.warn('A launch call failed.', { lane: request.lane, launchId: request.launchId, reason });
      if (isFinal(error)) return 'unknown';
    }
    await world.clock.sleep((0.5 + world.clock.fraction()) * 2 ** call);
  }
  return 'unknown';
}

const isFinal = (error: unknown): boolean => error instanceof TokenMismatchError || error instanceof DeniedError;
