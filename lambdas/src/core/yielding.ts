/** One lane, as far as the slots go that it holds and wants. */
export interface SlotHolder {
  readonly fleet: string;
  /** Of its fleet; -1: no limit. */
  readonly fleetLimit: number;
  /** Machines that count against the limits. */
  readonly slots: number;
  /** Runners that its jobs wait for. */
  readonly lacking: number;
  /** On their way out already. */
  readonly leaving: number;
  /** Idle runners that none of its own jobs waits for, though its pool or its idle window may want them. */
  readonly spare: number;
}

/**
 * How many idle runners each lane gives up, in the order of the lanes: a job that waits for a slot in one goes before a
 * runner that waits for a job in another. What leaves already counts, so that no more go than are needed.
 */
export function yieldsOf(lanes: readonly SlotHolder[], deploymentLimit: number): readonly number[] {
  const yields = new Map(lanes.map((lane) => [lane, 0]));
  const give = (among: readonly SlotHolder[], limit: number): void => {
    let missing = missingSlots(among, limit) - sum(among, (lane) => yields.get(lane) ?? 0);
    for (const lane of among) {
      const given = yields.get(lane) ?? 0;
      const more = Math.max(0, Math.min(missing, lane.spare - given));
      yields.set(lane, given + more);
      missing -= more;
    }
  };
  for (const fleet of new Set(lanes.map((lane) => lane.fleet))) {
    const ofFleet = lanes.filter((lane) => lane.fleet === fleet);
    give(ofFleet, ofFleet[0]?.fleetLimit ?? -1);
  }
  give(lanes, deploymentLimit);
  return lanes.map((lane) => yields.get(lane) ?? 0);
}

function missingSlots(among: readonly SlotHolder[], limit: number): number {
  if (limit < 0) return 0;
  const free = Math.max(0, limit - sum(among, ({ slots }) => slots));
  return sum(among, ({ lacking }) => lacking) - free - sum(among, ({ leaving }) => leaving);
}

const sum = (lanes: readonly SlotHolder[], countOf: (lane: SlotHolder) => number): number =>
  lanes.reduce((total, lane) => total + countOf(lane), 0);
