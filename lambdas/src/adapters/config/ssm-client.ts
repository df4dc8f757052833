import { SSMClient, type SSMClientConfig } from '@aws-sdk/client-ssm';
import { clientLimits } from '../aws/limited-client.ts';

const requestSeconds = 3;

/** A client that waits for nothing without limit. Who asks with it is patient itself, so one attempt is all it makes. */
export const ssmClient = (options: SSMClientConfig = {}): SSMClient =>
  new SSMClient({ ...clientLimits({ requestSeconds }), maxAttempts: 1, ...options });
