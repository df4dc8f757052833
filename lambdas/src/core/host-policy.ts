/** What a host must know that is the same for all of its fleet. It arrives in the host's row. */
export interface HostPolicy {
  readonly bootLimitSeconds: number;
  readonly firstJobSeconds: number;
  readonly hardLimitSeconds: number;
  readonly leaseRenewalSeconds: number;
  readonly quietSeconds: number;
  readonly answerLimitSeconds: number;
  readonly rowlessLimitSeconds: number;
}

/**
 * In force until the row was seen once. A host that has just begun ends by its missing row after ten minutes; an agent
 * that was restarted while the table is away must not end a job, hence a hard limit beyond the longest job of any forge.
 */
export const unseenHostPolicy: HostPolicy = {
  bootLimitSeconds: 1_800,
  firstJobSeconds: 3_600,
  hardLimitSeconds: 6 * 86_400,
  leaseRenewalSeconds: 60,
  quietSeconds: 60,
  answerLimitSeconds: 900,
  rowlessLimitSeconds: 600,
};
