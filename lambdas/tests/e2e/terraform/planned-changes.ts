/** What another apply would change, with the names of what differs. */
export interface PlannedChange {
  readonly type: string;
  readonly address: string;
  readonly differing: readonly string[];
}

type ShownValues = Readonly<Record<string, unknown>> | null;

/** Of what `terraform show -json` tells of a plan. */
interface ShownPlan {
  readonly resource_changes?: readonly {
    readonly type: string;
    readonly address: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: ShownValues;
      readonly after: ShownValues;
    };
  }[];
}

export function changesIn(shown: string): readonly PlannedChange[] {
  const { resource_changes = [] } = JSON.parse(shown) as ShownPlan;
  return resource_changes
    .filter(({ change }) => !['no-op', 'read'].includes(change.actions.join()))
    .map(({ type, address, change: { before, after } }) => ({ type, address, differing: differing(before, after) }));
}

const differing = (before: ShownValues, after: ShownValues): readonly string[] =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
    .filter((key) => JSON.stringify(before?.[key]) !== JSON.stringify(after?.[key]))
    .sort();
