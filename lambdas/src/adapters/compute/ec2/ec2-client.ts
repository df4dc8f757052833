import { EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2';
import { NodeHttpHandler } from '@smithy/node-http-handler';

const connectLimitSeconds = 2;
/** A page of 1,000 machines takes a second or two. */
const requestLimitSeconds = 10;
/** A slow CreateFleet is silent for longer; its own limits end it. */
const silenceLimitSeconds = 35;
const socketsLimit = 50;
/** The pass as a whole is tried again, so a call gives up soon. */
const attemptsLimit = 3;

/** A client that waits for nothing without limit. Region, credentials and endpoint are found as the SDK finds them. */
export function ec2Client(options: EC2ClientConfig = {}): EC2Client {
  return new EC2Client({
    maxAttempts: attemptsLimit,
    retryMode: 'standard',
    requestHandler: new NodeHttpHandler({
      connectionTimeout: connectLimitSeconds * 1000,
      requestTimeout: requestLimitSeconds * 1000,
      throwOnRequestTimeout: true,
      socketTimeout: silenceLimitSeconds * 1000,
      httpAgent: { keepAlive: true, maxSockets: socketsLimit },
      httpsAgent: { keepAlive: true, maxSockets: socketsLimit },
    }),
    ...options,
  });
}
