import type { Instant } from '../../core/instant.ts';

/** One attempt to tell the App's webhook something. */
export interface Delivery {
  readonly id: number;
  /** The same for all attempts of one event. */
  readonly guid: string;
  readonly event: string;
  readonly action: string;
  readonly redelivery: boolean;
  readonly deliveredAt: Instant;
  readonly durationSeconds: number;
  readonly status: string;
  readonly statusCode: number;
  readonly url: string;
  readonly installationId: number;
  readonly repositoryId: number;
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly payload: object };
  readonly response: { readonly headers: Readonly<Record<string, string>>; readonly payload: string };
}

export interface DeliveryFilter {
  readonly status?: 'success' | 'failure';
  /** Only attempts before this one. */
  readonly before?: number;
  readonly limit: number;
}

/** The list of past deliveries. GitHub forgets after three days, we after so many. */
export interface Deliveries {
  add(delivery: Omit<Delivery, 'id'>): Delivery;
  byId(id: number): Delivery | undefined;
  /** Newest first; one more than the limit where there are more. */
  list(filter: DeliveryFilter): readonly Delivery[];
}

const firstDeliveryId = 174_000_000_000;

export function deliveries(keptCount = 20_000): Deliveries {
  const kept: Delivery[] = [];
  let lastId = firstDeliveryId;
  // Ids have no gaps, so that a delivery's place follows from its id.
  const placeOf = (id: number): number => id - (kept[0]?.id ?? lastId);

  return {
    add(delivery) {
      const added: Delivery = { ...delivery, id: ++lastId };
      kept.push(added);
      if (kept.length > keptCount * 2) kept.splice(0, keptCount);
      return added;
    },
    byId: (id) => kept[placeOf(id)],
    list({ status, before, limit }) {
      const found: Delivery[] = [];
      let place = before === undefined ? kept.length - 1 : Math.min(placeOf(before), kept.length) - 1;
      for (; place >= 0 && found.length <= limit; place -= 1) {
        const delivery = kept[place];
        if (delivery && (status === undefined || outcomeOf(delivery) === status)) found.push(delivery);
      }
      return found;
    },
  };
}

const outcomeOf = ({ statusCode }: Delivery): 'success' | 'failure' =>
  statusCode >= 200 && statusCode < 300 ? 'success' : 'failure';
