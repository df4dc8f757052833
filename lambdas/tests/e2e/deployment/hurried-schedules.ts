import { setTimeout as sleep } from 'node:timers/promises';
import type { FunctionName, Functions } from './function-calls.ts';

/** What EventBridge cannot be asked for: an interval below a minute. */
const schedulePauseSeconds = 3;
const scheduled = { source: 'aws.events', 'detail-type': 'Scheduled Event' };

/** One at a time each, as a schedule of a minute would have it. Answers what ends them. */
export function hurrySchedules(functions: Functions): () => Promise<void> {
  let isStopped = false;
  const every = async (name: FunctionName): Promise<void> => {
    while (!isStopped) {
      // What failed is in the function's log, and the next one comes soon.
      await functions.call(name, scheduled).catch(() => undefined);
      await sleep(schedulePauseSeconds * 1000);
    }
  };
  const both = Promise.all([every('sweep'), every('scale-down')]);
  return async () => {
    isStopped = true;
    await both;
  };
}
