/** By caller, which is the access key that signed, then by what was called. */
export type CallsByCaller = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface CallCounts {
  readonly byAction: Readonly<Record<string, number>>;
  readonly byCaller: CallsByCaller;
}

/** Every call that came in, whatever became of it. */
export function callCounts() {
  const byCaller = new Map<string, Map<string, number>>();
  return {
    add({ caller, action }: { readonly caller: string; readonly action: string }): void {
      const counts = byCaller.get(caller) ?? new Map<string, number>();
      byCaller.set(caller, counts.set(action, (counts.get(action) ?? 0) + 1));
    },
    read(): CallCounts {
      const byAction: Record<string, number> = {};
      for (const counts of byCaller.values()) {
        for (const [action, count] of counts) byAction[action] = (byAction[action] ?? 0) + count;
      }
      const callers = [...byCaller].map(([caller, counts]) => [caller, Object.fromEntries(counts)] as const);
      return { byAction, byCaller: Object.fromEntries(callers) };
    },
    reset: (): void => byCaller.clear(),
  };
}
