import { Ec2Refusal } from './ec2-call.ts';
import type { Machines } from './machines.ts';

export interface Pool {
  readonly type: string;
  readonly zone: string;
}

/** What one place answers to each launch, or to the next few. */
export interface PlaceRefusal extends Partial<Pool> {
  readonly code: string;
  readonly message?: string;
  readonly times?: number;
}

export type Capacity = ReturnType<typeof capacityBook>;

/** How many machines there are to be had, and where EC2 says no for other reasons. */
export function capacityBook(machines: Machines) {
  const limits = new Map<string, number>();
  let otherwise = Number.POSITIVE_INFINITY;
  let refusals: { readonly refusal: PlaceRefusal; left: number }[] = [];

  return {
    /** null: without limit. Without a place: wherever nothing else was said. */
    set({ type, zone, machines: count }: Partial<Pool> & { readonly machines: number | null }): void {
      const limit = count ?? Number.POSITIVE_INFINITY;
      if (type === undefined || zone === undefined) otherwise = limit;
      else limits.set(keyOf({ type, zone }), limit);
    },
    refuse(refusal: PlaceRefusal): void {
      refusals.push({ refusal, left: refusal.times ?? Number.POSITIVE_INFINITY });
    },
    acceptAll(): void {
      refusals = [];
    },
    /** Why no machine comes from there whatever its room; uses up one of the scripted times. */
    refusalOf(pool: Pool): Ec2Refusal | undefined {
      const fits = ({ type, zone }: PlaceRefusal): boolean =>
        (type ?? pool.type) === pool.type && (zone ?? pool.zone) === pool.zone;
      const found = refusals.find(({ refusal, left }) => left > 0 && fits(refusal));
      if (found === undefined) return undefined;
      found.left -= 1;
      return new Ec2Refusal(found.refusal.code, found.refusal.message ?? `${found.refusal.code} was scripted.`);
    },
    roomIn(pool: Pool): number {
      const limit = limits.get(keyOf(pool)) ?? otherwise;
      if (limit === Number.POSITIVE_INFINITY) return limit;
      const used = machines.all().filter((machine) => keyOf(machine) === keyOf(pool) && machines.isAlive(machine));
      return Math.max(0, limit - used.length);
    },
  };
}

export const keyOf = ({ type, zone }: Pool): string => `${type}/${zone}`;
