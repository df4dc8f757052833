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
    const answer = await callOnce(world, request, call === 0 && !isReplay);
    if (answer !== 'again') return answer;
    await world.clock.sleep((0.5 + world.clock.fraction()) * 2 ** call);
  }
  return 'unknown';
}

/** Only a refusal of the very first call says that nothing came: one before it, whose answer was lost, may have worked. */
async function callOnce(
  world: World,
  request: LaunchRequest,
  isFirst: boolean,
): Promise<LaunchResult | 'unknown' | 'again'> {
  const warn = (reason: string): void => {
    const { lane, launchId } = request;
    world.log.warn('A launch call failed.', { lane, launchId, reason });
  };
  try {
    const result = await world.compute.launch(request);
    if (isFirst || !isRefusal(result)) return result;
    warn(result.errors.map(({ message }) => message).join('; '));
    return 'unknown';
  } catch (error) {
    const reason = messageOf(error);
    if (error instanceof DeniedError && isFirst)
      return { instances: [], errors: [{ kind: 'permission', message: reason }] };
    warn(reason);
    return isFinal(error) ? 'unknown' : 'again';
  }
}

/** Of the call as a whole, as by a quota or for a template that is gone: no place was so much as tried. */
const isRefusal = ({ instances, errors }: LaunchResult): boolean =>
  instances.length === 0 && errors.length > 0 && errors.every(({ placement }) => placement === undefined);

const isFinal = (error: unknown): boolean => error instanceof TokenMismatchError || error instanceof DeniedError;
