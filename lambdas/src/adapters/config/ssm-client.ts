import { SSMClient, type SSMClientConfig } from '@aws-sdk/client-ssm';
import { NodeHttpHandler } from '@smithy/node-http-handler';

const connectLimitSeconds = 1;
const requestLimitSeconds = 3;
const socketsLimit = 5;

/** A client that waits for nothing without limit. Who asks with it is patient itself, so one attempt is all it makes. */
export const ssmClient = (options: SSMClientConfig = {}): SSMClient =>
  new SSMClient({
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: connectLimitSeconds * 1000,
      requestTimeout: requestLimitSeconds * 1000,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: socketsLimit },
      httpsAgent: { keepAlive: true, maxSockets: socketsLimit },
    }),
    ...options,
  });
