import { MalformedError } from '../../core/errors.ts';
import type { Delivery, Request } from '../../ports/queue.ts';

/** A message as the event source mapping hands it over. */
export interface SqsRecord {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: { readonly ApproximateReceiveCount: string };
}

/** The request that a message carries. Its receipt is the message's id, by which the mapping is told what failed. */
export function deliveryOf({ messageId, body, attributes }: SqsRecord): Delivery {
  return {
    receipt: messageId,
    request: requestOf(body, messageId),
    receiveCount: Number(attributes.ApproximateReceiveCount),
  };
}

export const bodyOf = ({ lane, reason }: Request): string => JSON.stringify({ lane, reason });

function requestOf(body: string, messageId: string): Request {
  const value = parsed(body);
  if (!isRequest(value)) {
    throw new MalformedError(
      `The body of message ${messageId} is no request. It has to be JSON with the texts "lane" and "reason".`,
    );
  }
  return { lane: value.lane, reason: value.reason };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function isRequest(value: unknown): value is Request {
  if (typeof value !== 'object' || value === null) return false;
  const { lane, reason } = value as Readonly<Record<string, unknown>>;
  return typeof lane === 'string' && lane !== '' && typeof reason === 'string';
}
