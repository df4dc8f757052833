import type { ScaleUpPlan } from '../core/scale-up-plan.ts';

/** The last decision about each lane, by its key. Only this process remembers it. */
export type Decisions = ReadonlyMap<string, ScaleUpPlan>;
