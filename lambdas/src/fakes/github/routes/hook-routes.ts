import type { Delivery } from '../deliveries.ts';
import type { Answer } from '../http/call.ts';
import { linkTo, perPageOf } from '../http/paging.ts';
import { Refusal } from '../http/refusal.ts';
import { deliveryDetailJson, deliveryJson } from '../shapes/delivery-json.ts';
import type { World } from '../world.ts';
import type { RestRequest, Route } from './route.ts';

/** The App's webhook: where it points, and what was sent there. */
export const hookRoutes: readonly Route[] = [
  { method: 'GET', template: '/app/hook/config', caller: 'app', answer: showConfig },
  { method: 'PATCH', template: '/app/hook/config', caller: 'app', answer: changeConfig },
  { method: 'GET', template: '/app/hook/deliveries', caller: 'app', answer: listDeliveries },
  { method: 'GET', template: '/app/hook/deliveries/{delivery_id}', caller: 'app', answer: showDelivery },
  { method: 'POST', template: '/app/hook/deliveries/{delivery_id}/attempts', caller: 'app', answer: redeliver },
];

function showConfig(world: World): Answer {
  const { url, secret, insecureSsl } = world.hook.config();
  const shown = { content_type: 'json', insecure_ssl: insecureSsl, ...(secret !== '' && { secret: '********' }) };
  return { status: 200, body: url === undefined ? shown : { ...shown, url } };
}

interface ConfigChange {
  readonly url?: string;
  readonly secret?: string;
  readonly insecure_ssl?: string | number;
}

function changeConfig(world: World, { body }: RestRequest): Answer {
  const { url, secret, insecure_ssl } = body as ConfigChange;
  world.hook.configure({
    ...(url !== undefined && { url }),
    ...(secret !== undefined && { secret }),
    ...(insecure_ssl !== undefined && { insecureSsl: String(insecure_ssl) }),
  });
  return showConfig(world);
}

/** Newest first; the cursor names the delivery after which the next page begins. */
function listDeliveries(world: World, { query, url }: RestRequest): Answer {
  const limit = perPageOf(query);
  const before = cursorOf(query.cursor);
  const found = world.deliveries.list({
    limit,
    ...(before !== undefined && { before }),
    ...((query.status === 'success' || query.status === 'failure') && { status: query.status }),
  });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const more = found.length > limit && last !== undefined;
  const headers = more ? { Link: linkTo(url, { ...query, cursor: `v1_${last.id}` }, 'next') } : {};
  return { status: 200, headers, body: shown.map(deliveryJson) };
}

function cursorOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const id = /^v1_(\d+)$/.exec(cursor)?.[1];
  if (id === undefined) throw new Refusal(422, 'Invalid cursor');
  return Number(id);
}

function showDelivery(world: World, request: RestRequest): Answer {
  return { status: 200, body: deliveryDetailJson(deliveryOf(world, request)) };
}

function redeliver(world: World, request: RestRequest): Answer {
  world.hook.redeliver(deliveryOf(world, request));
  return { status: 202, body: {} };
}

function deliveryOf(world: World, { params }: RestRequest): Delivery {
  const delivery = world.deliveries.byId(Number(params.delivery_id));
  if (!delivery) throw new Refusal(404, 'Not Found');
  return delivery;
}
