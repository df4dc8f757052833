import { ThrottledError } from '../../core/errors.ts';
import { backOff, type Patience } from '../aws/back-off.ts';

const fruitlessLimit = 6;

/**
 * Sends a batch, and what DynamoDB left undone of it, until nothing is left. As long as some of it is done it goes on;
 * several rounds without any are a throttle.
 */
export async function untilProcessed<Item>(
  patience: Patience,
  action: string,
  items: readonly Item[],
  send: (items: readonly Item[]) => Promise<readonly Item[]>,
): Promise<void> {
  let left = items;
  for (let fruitless = 0; left.length > 0; ) {
    const before = left.length;
    left = await send(left);
    if (left.length === 0) return;
    fruitless = left.length < before ? 0 : fruitless + 1;
    if (fruitless === fruitlessLimit) throw new ThrottledError(`DynamoDB leaves ${left.length} of ${action} undone.`);
    await backOff(patience, fruitless + 1);
  }
}
