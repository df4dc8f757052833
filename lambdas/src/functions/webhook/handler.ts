import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { coldStart } from '../aws/cold-start.ts';
import { requestOf, resultOf, tryAgain } from '../aws/http-event.ts';
import { webhookWorld } from '../aws/webhook-world.ts';
import { webhook } from './webhook.ts';

const { log, ready } = coldStart('webhook', 'matching', webhookWorld);

/** A delivery by way of API Gateway. Whatever goes wrong inside, the forge is only told to try again. */
export async function handler(
  event: APIGatewayProxyEventV2,
  { awsRequestId }: Pick<Context, 'awsRequestId'>,
): Promise<APIGatewayProxyStructuredResultV2> {
  log.setRequest(awsRequestId);
  try {
    return resultOf(await webhook(await ready(), requestOf(event)));
  } catch (error) {
    log.error('A delivery could not be served.', { error });
    return resultOf(tryAgain);
  }
}
