import { NodeHttpHandler } from '@smithy/node-http-handler';

export interface ClientLimits {
  readonly maxAttempts: number;
  readonly retryMode: 'standard';
  readonly requestHandler: NodeHttpHandler;
}

/** More calls at once than this wait for a socket; the adapters ask for fewer. */
const socketsMaximumCount = 50;

export interface ClientLimitsOptions {
  readonly requestSeconds: number;
  /** How long a connection may say nothing at all; without it the request's own limit is the only one. */
  readonly silenceSeconds?: number;
}

/**
 * For every client: a call that hangs must not use up the function's own time. Three attempts with jitter are for a
 * hiccup; what takes longer is the next pass's business.
 */
export function clientLimits({ requestSeconds, silenceSeconds }: ClientLimitsOptions): ClientLimits {
  const agent = { keepAlive: true, maxSockets: socketsMaximumCount };
  return {
    maxAttempts: 3,
    retryMode: 'standard',
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 1_500,
      requestTimeout: requestSeconds * 1_000,
      throwOnRequestTimeout: true,
      ...(silenceSeconds === undefined ? {} : { socketTimeout: silenceSeconds * 1_000 }),
      httpAgent: agent,
      httpsAgent: agent,
    }),
  };
}
