import type { Instant } from '../../core/instant.ts';
import type { Clock } from '../../ports/clock.ts';

/** A value and how long it may be used. */
export interface Perishable<T> {
  readonly value: T;
  readonly until: Instant;
}

export interface ExpiringCache<T> {
  /** The value of this key; made if there is none that is fresh. Callers at the same time share one making. */
  get(key: string, make: () => Promise<Perishable<T>>): Promise<T>;
  drop(key: string): void;
}

/** Values that cost a call and hold for a while. What could not be made is not remembered. */
export function expiringCache<T>(clock: Pick<Clock, 'now'>): ExpiringCache<T> {
  const made = new Map<string, Perishable<T>>();
  const making = new Map<string, Promise<T>>();

  const remember = async (key: string, make: () => Promise<Perishable<T>>): Promise<T> => {
    try {
      const entry = await make();
      made.set(key, entry);
      return entry.value;
    } finally {
      making.delete(key);
    }
  };

  return {
    async get(key, make) {
      const known = made.get(key);
      if (known && known.until > clock.now()) return known.value;
      const shared = making.get(key) ?? remember(key, make);
      making.set(key, shared);
      return shared;
    },
    drop: (key) => void made.delete(key),
  };
}
