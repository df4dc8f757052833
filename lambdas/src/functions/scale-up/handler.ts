import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { coldStart } from '../aws/cold-start.ts';
import { controlWorld } from '../aws/control-world.ts';
import { type Invocation, inInvocation } from '../aws/in-invocation.ts';
import { batchOf } from '../aws/queue-event.ts';
import { reportLaunches } from '../aws/report-figures.ts';
import { scaleUp } from './scale-up.ts';

const { log, ready } = coldStart('scale-up', 'all', controlWorld);

/** Requests from the queue. What is answered as failed comes again by itself. */
export async function handler(event: SQSEvent, invocation: Invocation): Promise<SQSBatchResponse> {
  log.setRequest(invocation.awsRequestId);
  const { world, figures } = await ready();
  const { deliveries, unreadable } = batchOf(event, log);
  const { lanes, failed } = await scaleUp(inInvocation(world, invocation), deliveries);
  reportLaunches(lanes, figures);
  return { batchItemFailures: [...unreadable, ...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}
