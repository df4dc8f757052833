import { after } from '../../core/instant.ts';
import type { Queue } from '../../ports/queue.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';
import type { EventSource } from './event-source.ts';
import type { Trouble } from './troubles.ts';

export interface SentRequestsOptions {
  readonly time: VirtualTime;
  readonly queue: Queue;
  readonly source: () => EventSource;
  readonly lateSeconds: Required<Trouble>['ofSend'];
}

/** SQS has them once it answers; that they can be received may take longer. */
export function sentRequests({ time, queue, source, lateSeconds }: SentRequestsOptions): Queue['send'] {
  return async (requests, delaySeconds) => {
    const put = async (): Promise<void> => {
      await queue.send(requests, delaySeconds);
      source().poke();
    };
    const seconds = lateSeconds();
    if (seconds === undefined) await put();
    else time.at(after(time.now(), seconds), () => void put());
  };
}
