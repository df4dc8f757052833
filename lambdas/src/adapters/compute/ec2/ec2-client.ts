import { EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2';
import { clientLimits } from '../../aws/limited-client.ts';

/** A page of 1,000 machines takes a second or two; a slow CreateFleet is silent for longer, and its own limits end it. */
const limits = { requestSeconds: 10, silenceSeconds: 35 };

/** A client that waits for nothing without limit. Region, credentials and endpoint are found as the SDK finds them. */
export const ec2Client = (options: EC2ClientConfig = {}): EC2Client =>
  new EC2Client({ ...clientLimits(limits), ...options });
