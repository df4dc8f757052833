import type { SQSEvent } from 'aws-lambda';
import { deliveryOf } from '../../adapters/queue/sqs-delivery.ts';
import { messageOf } from '../../core/errors.ts';
import type { Log } from '../../ports/log.ts';
import type { Delivery } from '../../ports/queue.ts';

export interface Batch {
  readonly deliveries: readonly Delivery[];
  /** Message ids of bodies that are no request; each fails alone. */
  readonly unreadable: readonly string[];
}

/** An event source mapping's batch. */
export function batchOf({ Records }: SQSEvent, log: Log): Batch {
  const deliveries: Delivery[] = [];
  const unreadable: string[] = [];
  for (const record of Records) {
    try {
      deliveries.push(deliveryOf(record));
    } catch (error) {
      log.error('A message is no request; it ends among the dead letters.', {
        message: record.messageId,
        reason: messageOf(error),
      });
      unreadable.push(record.messageId);
    }
  }
  return { deliveries, unreadable };
}
