import { type Capacity, keyOf, type Pool } from './capacity.ts';
import { Ec2Refusal } from './ec2-call.ts';

export interface Override extends Pool {
  /** Its number in the request, from 1. */
  readonly number: number;
  readonly subnet: string;
  readonly priority: number | undefined;
  readonly maxPrice: string | undefined;
}

export interface Places {
  /** How many machines come from which override. */
  readonly filled: ReadonlyMap<Override, number>;
  readonly refused: readonly { readonly override: Override; readonly refusal: Ec2Refusal }[];
}

/** EC2 takes a fleet for a mistake that names a pool twice, be it by two subnets of one zone. */
export function refuseDuplicatePools(overrides: readonly Override[]): void {
  if (new Set(overrides.map(keyOf)).size === overrides.length) return;
  throw new Ec2Refusal('InvalidFleetConfig', 'The fleet configuration contains duplicate instance pools.');
}

/** Who gets how many: in order, by priority, or in turn, as far as there is room; the others say why not. */
export function place(overrides: readonly Override[], count: number, strategy: string, capacity: Capacity): Places {
  const filled = new Map<Override, number>();
  const refused = new Map<Override, Ec2Refusal>();
  let left = count;
  const tryPlace = (override: Override, limit: number): void => {
    const isFirstTry = !filled.has(override);
    const refusal = isFirstTry ? capacity.refusalOf(override) : undefined;
    const taken = refusal ? 0 : Math.min(left, limit, capacity.roomIn(override) - (filled.get(override) ?? 0));
    filled.set(override, (filled.get(override) ?? 0) + taken);
    left -= taken;
    if (refusal) refused.set(override, refusal);
    else if (taken < limit && left > 0) refused.set(override, noCapacity(override));
  };
  const share = strategy === 'diversified' ? Math.ceil(count / Math.max(1, overrides.length)) : count;
  for (const limit of [share, count]) {
    for (const override of inOrder(overrides, strategy)) {
      if (left > 0 && !refused.has(override)) tryPlace(override, limit);
    }
  }
  return {
    filled: new Map([...filled].filter(([, machines]) => machines > 0)),
    refused: [...refused].map(([override, refusal]) => ({ override, refusal })),
  };
}

const inOrder = (overrides: readonly Override[], strategy: string): readonly Override[] =>
  strategy.includes('prioritized')
    ? overrides.toSorted((one, other) => (one.priority ?? Infinity) - (other.priority ?? Infinity))
    : overrides;

const noCapacity = ({ type, zone }: Override): Ec2Refusal =>
  new Ec2Refusal(
    'InsufficientInstanceCapacity',
    `We currently do not have sufficient ${type} capacity in the Availability Zone you requested (${zone}).`,
  );
