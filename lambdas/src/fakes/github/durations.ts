/** How long GitHub's own processes take, in seconds. */
export interface Durations {
  /** A job that a runner was given and did not acquire goes back to the queue. */
  readonly requeueSeconds: number;
  /** A runner that has not polled for this long is shown as offline. */
  readonly offlineSeconds: number;
  /** A running job whose runner has not been heard of for this long fails. */
  readonly jobLostSeconds: number;
  /** The longest lie about `busy` that was seen: 12 min 15 s. */
  readonly staleBusySeconds: number;
  readonly busyAfterDoneSeconds: number;
  readonly notFoundLagSeconds: number;
  readonly lateEventSeconds: number;
  readonly disorderSeconds: number;
  /** How long a listener without registration goes on listening. */
  readonly ghostSeconds: number;
  readonly primaryWindowSeconds: number;
  readonly pointsWindowSeconds: number;
  readonly registrationWindowSeconds: number;
  /** A long poll's answer, at the latest. */
  readonly pollSeconds: number;
  /** GitHub gives a webhook's receiver this long. */
  readonly deliveryLimitSeconds: number;
}

const documented: Durations = {
  requeueSeconds: 60,
  offlineSeconds: 60,
  jobLostSeconds: 600,
  staleBusySeconds: 735,
  busyAfterDoneSeconds: 120,
  notFoundLagSeconds: 30,
  lateEventSeconds: 300,
  disorderSeconds: 30,
  ghostSeconds: 600,
  primaryWindowSeconds: 3600,
  pointsWindowSeconds: 60,
  registrationWindowSeconds: 300,
  pollSeconds: 20,
  deliveryLimitSeconds: 10,
};

/** Limits between processes of one machine: a shorter time would call a slow process a dead one. */
const floors: Partial<Record<keyof Durations, number>> = {
  requeueSeconds: 3,
  offlineSeconds: 3,
  jobLostSeconds: 10,
  ghostSeconds: 5,
  pollSeconds: 20,
  deliveryLimitSeconds: 10,
};

/** The documented durations divided by `timeScale`, but not below their floors. */
export function scaledDurations(timeScale: number): Durations {
  const scale = ([name, seconds]: [string, number]): [string, number] => {
    const floor = floors[name as keyof Durations] ?? 0;
    return [name, Math.min(seconds, Math.max(seconds / timeScale, floor))];
  };
  return Object.fromEntries(Object.entries(documented).map(scale)) as unknown as Durations;
}
