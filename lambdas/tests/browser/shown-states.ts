import type { ShownFleet, ShownJob, ShownRunner, ShownSample, ShownState } from '../../src/local/shown-state.ts';

export const noon = Date.UTC(2026, 2, 14, 12);

/** An instant before noon. */
export const ago = (seconds: number): number => noon - seconds * 1000;

export const waitingJob = (id: number, changes: Partial<ShownJob> = {}): ShownJob => ({
  key: `github/acme/shop/${id}`,
  repository: 'acme/shop',
  id: String(id),
  state: 'queued',
  reason: 'fleet-limit',
  lane: 'linux/org:acme',
  queuedAt: ago(65),
  ...changes,
});

export const runningJob = (id: number, changes: Partial<ShownJob> = {}): ShownJob =>
  waitingJob(id, { state: 'running', reason: 'runs', startedAt: ago(30), runner: `ci-${id}`, ...changes });

export const endedJob = (id: number, changes: Partial<ShownJob> = {}): ShownJob =>
  runningJob(id, { state: 'done', reason: 'done', doneAt: ago(10), conclusion: 'success', ...changes });

export const shownRunner = (id: number, changes: Partial<ShownRunner> = {}): ShownRunner => ({
  id: `i-${id}`,
  name: `ci-${id}`,
  lane: 'linux/org:acme',
  state: 'idle',
  reason: 'waits-for-job',
  launchedAt: ago(120),
  ...changes,
});

export const shownFleet = (changes: Partial<ShownFleet> = {}): ShownFleet => ({
  name: 'linux',
  labels: ['self-hosted', 'linux', 'x64'],
  limit: 4,
  used: 3,
  demand: 2,
  supply: 1,
  waiting: 2,
  lanes: [{ lane: 'linux/org:acme', kind: 'wait', reason: 'fleet-limit' }],
  ...changes,
});

export const sample = (secondsAgo: number, changes: Partial<ShownSample> = {}): ShownSample => ({
  at: ago(secondsAgo),
  demand: 2,
  supply: 1,
  busy: 2,
  limit: 4,
  ...changes,
});

/** A small stack at noon: two jobs wait, one of them for long; two run, one has ended. */
export const shownState = (changes: Partial<ShownState> = {}): ShownState => ({
  at: noon,
  jobs: [
    waitingJob(1),
    waitingJob(2, { reason: 'no-fleet-matches', lane: null, queuedAt: ago(5) }),
    runningJob(3),
    runningJob(4),
    endedJob(5),
  ],
  jobsEnded: 1,
  runners: [
    shownRunner(3, { state: 'busy', reason: 'job-names-it', job: 'github/acme/shop/3' }),
    shownRunner(4, { state: 'busy', reason: 'job-names-it', job: 'github/acme/shop/4' }),
    shownRunner(6),
  ],
  fleets: [shownFleet()],
  history: [sample(2, { demand: 0, busy: 1 }), sample(1, { demand: 1 }), sample(0)],
  queue: { waiting: 7, hidden: 1, dead: 0 },
  isDemo: true,
  timeScale: 1,
  ...changes,
});
