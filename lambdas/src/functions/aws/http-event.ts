import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { WebhookRequest } from '../../ports/forge.ts';
import type { WebhookAnswer } from '../webhook/webhook.ts';

/** API Gateway's payload 2.0 as a webhook. The body's bytes have to be those that were signed. */
export const requestOf = ({ headers, body = '', isBase64Encoded }: APIGatewayProxyEventV2): WebhookRequest => ({
  headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
  rawBody: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
});

export const resultOf = ({ status, body }: WebhookAnswer): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** The forge marks the delivery failed, and the sweep finds it among those. */
export const tryAgain: WebhookAnswer = { status: 503, body: { reason: 'try-again' } };
