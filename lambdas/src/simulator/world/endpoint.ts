import { webhook } from '../../functions/webhook/webhook.ts';
import type { WebhookRequest } from '../../ports/forge.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';
import type { Lambdas } from './lambdas.ts';
import { timeLimit } from './time-limit.ts';
import type { Trouble } from './troubles.ts';

export interface EndpointOptions {
  readonly time: VirtualTime;
  readonly functions: () => Lambdas;
  readonly troubleOf: Required<Trouble>['ofEndpoint'];
}

/** GitHub's patience with an answer. */
const limitSeconds = 10;
const unavailable = 503;
const noAnswer = 0;

/** What the forge's call meets: our address, and behind it the webhook's function. Answers the status. */
export function endpoint({
  time,
  functions,
  troubleOf,
}: EndpointOptions): (request: WebhookRequest) => Promise<number> {
  const patience = timeLimit(time, limitSeconds);
  return (request) =>
    new Promise((hear) => {
      const waiting = patience(() => hear(noAnswer));
      const answer = (status: number): void => {
        waiting.done();
        hear(status);
      };
      const trouble = troubleOf();
      if (trouble === 'hangs') return;
      if (trouble !== undefined) return answer(unavailable);
      const answered = functions().invoke('webhook', (world) => webhook(world, request));
      void answered.then((one) => answer(one?.status ?? unavailable));
    });
}
