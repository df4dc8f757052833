/**
 * Every waiting time that is not a user's to configure, in one object, so that a demo can shorten them and a
 * simulation can state them. Seconds.
 */
export interface Timing {
  /** A function's own time limit; an intent is its writer's for this and `ownershipSlackSeconds` more. */
  readonly scaleUpLimitSeconds: number;
  readonly ownershipSlackSeconds: number;
  /** No first call of a launch step, and no replay, later than this after the intent was written. */
  readonly launchWindowSeconds: number;
  /** How long a list of machines may lag behind launches (EC2 is eventually consistent). */
  readonly listLagSeconds: number;
  /** Two looks at a list that must agree before absence counts. */
  readonly absenceSeconds: number;
  /** A forge list's two looks before an idle runner that it does not know is no supply. */
  readonly unlistedSeconds: number;
  /** A busy lease that no job explains stands for a queued job this long: its event is on the way. */
  readonly unexplainedBusySeconds: number;
  /** A lease that has not moved for this long, by our clock, is silent. */
  readonly leaseSilenceSeconds: number;
  /** Between the two looks that end a lost runner. Longer than any lie about `busy` seen: 12 min 15 s. */
  readonly lostSeconds: number;
  readonly leaseRenewalSeconds: number;
  /** A host ends itself after this long without worker, once it may. */
  readonly quietSeconds: number;
  /** A host that said it leaves and heard nothing this long takes the control plane for dead. */
  readonly answerLimitSeconds: number;
  /** Without its row or table this long, and without worker, a host ends. */
  readonly rowlessLimitSeconds: number;
  /** How long a queued event waits in the queue where an idle runner may still take its job, and where none can. */
  readonly webhookDelayIdleSeconds: number;
  readonly webhookDelaySeconds: number;
  readonly sweepSeconds: number;
  readonly scaleDownSeconds: number;
  /** The first wait of a lane's continuation; doubled up to the last. */
  readonly continuationFirstSeconds: number;
  readonly continuationLastSeconds: number;
  /** A (type, zone) without capacity rests. */
  readonly capacityRestSeconds: number;
  /** The breaker's and a stuck job's probe launches: first interval, doubled up to the last. */
  readonly probeFirstSeconds: number;
  readonly probeLastSeconds: number;
  /** Two reads that must agree before the forge's word moves a job back. */
  readonly rereadSeconds: number;
  /** A waiting job is read at the forge again after this. */
  readonly jobReadSeconds: number;
  /** Done jobs and gone runners are kept this long: longer than any redelivery (GitHub: 3 days, GHES: 7). */
  readonly tombstoneSeconds: number;
  /** The forge ends jobs that waited longer (GitHub: 24 h). */
  readonly jobAgeLimitSeconds: number;
  /** A machine without a row is adopted at this age. */
  readonly adoptionSeconds: number;
  /** What one grant takes of the forge's write budget (GitHub: 900 points a minute, a write costs 5), and its burst. */
  readonly grantSeconds: number;
  readonly grantBurstSeconds: number;
  /** A registration without instance is removed at this age. */
  readonly strayRegistrationSeconds: number;
}

export const documentedTiming: Timing = {
  scaleUpLimitSeconds: 120,
  ownershipSlackSeconds: 30,
  launchWindowSeconds: 300,
  listLagSeconds: 600,
  absenceSeconds: 300,
  unlistedSeconds: 60,
  unexplainedBusySeconds: 180,
  leaseSilenceSeconds: 300,
  lostSeconds: 900,
  leaseRenewalSeconds: 60,
  quietSeconds: 60,
  answerLimitSeconds: 900,
  rowlessLimitSeconds: 600,
  webhookDelayIdleSeconds: 30,
  webhookDelaySeconds: 2,
  sweepSeconds: 60,
  scaleDownSeconds: 60,
  continuationFirstSeconds: 15,
  continuationLastSeconds: 300,
  capacityRestSeconds: 180,
  probeFirstSeconds: 60,
  probeLastSeconds: 3600,
  rereadSeconds: 60,
  jobReadSeconds: 300,
  tombstoneSeconds: 7 * 86_400,
  jobAgeLimitSeconds: 86_400,
  adoptionSeconds: 600,
  grantSeconds: 60 / 180,
  grantBurstSeconds: 60,
  strayRegistrationSeconds: 600,
};

/** Floors under what a busy laptop needs: a shortened time below these would call a slow process a dead one. */
const floors: Partial<Record<keyof Timing, number>> = {
  scaleUpLimitSeconds: 15,
  ownershipSlackSeconds: 5,
  // Beyond the writer’s own time, so that its successor can still replay.
  launchWindowSeconds: 40,
  listLagSeconds: 3,
  absenceSeconds: 5,
  unlistedSeconds: 3,
  unexplainedBusySeconds: 4,
  leaseSilenceSeconds: 15,
  lostSeconds: 10,
  leaseRenewalSeconds: 1,
  quietSeconds: 3,
  answerLimitSeconds: 10,
  rowlessLimitSeconds: 15,
  webhookDelayIdleSeconds: 0.5,
  webhookDelaySeconds: 0.1,
  sweepSeconds: 3,
  scaleDownSeconds: 2,
  continuationFirstSeconds: 1,
  continuationLastSeconds: 3,
  capacityRestSeconds: 1,
  probeFirstSeconds: 2,
  probeLastSeconds: 10,
  rereadSeconds: 1,
  jobReadSeconds: 5,
  adoptionSeconds: 10,
  strayRegistrationSeconds: 6,
};

/** Limits that protect rather than wait, and limits of the forge's, which knows of no shortening: not scaled. */
const unscaled: readonly (keyof Timing)[] = [
  'tombstoneSeconds',
  'jobAgeLimitSeconds',
  'grantSeconds',
  'grantBurstSeconds',
];

/** `documentedTiming` divided by `factor`, with the floors. A factor of 1 changes nothing. */
export function scaledTiming(factor: number): Timing {
  const scale = ([name, seconds]: [string, number]): [string, number] => {
    const key = name as keyof Timing;
    if (factor === 1 || unscaled.includes(key)) return [name, seconds];
    return [name, Math.min(seconds, Math.max(seconds / factor, floors[key] ?? 0))];
  };
  return Object.fromEntries(Object.entries(documentedTiming).map(scale)) as unknown as Timing;
}
