import type { Delivery } from '../deliveries.ts';
import { isoTime } from './account-json.ts';

export function deliveryJson(delivery: Delivery): object {
  const { id, guid, event, action, redelivery, status } = delivery;
  return {
    id,
    guid,
    delivered_at: isoTime(delivery.deliveredAt),
    redelivery,
    duration: delivery.durationSeconds,
    status,
    status_code: delivery.statusCode,
    event,
    action,
    throttled_at: null,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
  };
}

export function deliveryDetailJson(delivery: Delivery): object {
  const { url, request, response } = delivery;
  return { ...deliveryJson(delivery), url, request, response };
}
