import { webhook } from '../../functions/webhook/webhook.ts';
import type { WebhookRequest } from '../../ports/forge.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';
import type { Lambdas } from './lambdas.ts';
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
  return async (request) => {
    const tooLate = time.sleep(limitSeconds).then(() => noAnswer);
    const trouble = troubleOf();
    if (trouble !== undefined) return trouble === 'hangs' ? tooLate : unavailable;
    const answer = functions().invoke('webhook', (world) => webhook(world, request));
    return Promise.race([answer.then((one) => one?.status ?? unavailable), tooLate]);
  };
}
