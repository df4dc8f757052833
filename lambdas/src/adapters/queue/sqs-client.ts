import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import { clientLimits } from '../aws/limited-client.ts';

const requestSeconds = 4;

/** Region and rights come from the environment. */
export const sqsClient = (config: SQSClientConfig = {}): SQSClient =>
  new SQSClient({ ...clientLimits({ requestSeconds }), ...config });
