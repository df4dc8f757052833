import type { Instance } from '../../src/core/instance.ts';
import type { Job, JobState } from '../../src/core/job.ts';
import type { Lane } from '../../src/core/lane.ts';
import type { Intent, IntentPlan } from '../../src/core/lane-view.ts';
import type { Ledger } from '../../src/ports/ledger.ts';

/** A new, empty ledger. */
export type MakeLedger = () => Promise<Ledger> | Ledger;

export const lane: Lane = { fleet: 'linux', scope: 'org:acme' };
export const now = Date.UTC(2026, 0, 5, 12);

export const job = (id: number, state: JobState = 'queued', fields: Partial<Job> = {}): Job => ({
  key: `github/acme/app/${id}`,
  ref: { repo: 'acme/app', id: String(id), attempt: 1 },
  state,
  labels: ['self-hosted', 'linux'],
  owner: 'acme',
  queuedAt: now + id,
  ...fields,
});

export const plan = (launchId: string, fields: Partial<IntentPlan> = {}): IntentPlan => ({
  launchId,
  lane,
  count: 1,
  app: 'app-1',
  now,
  ownedUntil: now + 150_000,
  notAfter: now + 300_000,
  seq: 0,
  fleetLimit: -1,
  deploymentLimit: -1,
  budget: { secondsEach: 0.001, burstSeconds: 3600 },
  hourly: { secondsEach: 0.001, burstSeconds: 3600 },
  ...fields,
});

export const machine = (id: string, launchId: string, fields: Partial<Instance> = {}): Instance => ({
  id,
  lane: 'linux/org:acme',
  fleet: 'linux',
  launchId,
  state: 'running',
  launchedAt: now,
  type: 'm7i.large',
  zone: 'a',
  market: 'spot',
  bypassRemoval: false,
  impaired: false,
  ...fields,
});

/** An intent that surely was written. */
export async function intended(ledger: Ledger, launchId: string, fields: Partial<IntentPlan> = {}): Promise<Intent> {
  const { seq } = await ledger.lane(fields.lane ?? lane);
  const intent = await ledger.intend(plan(launchId, { seq, ...fields }));
  if (intent === 'lost') throw new Error(`The intent ${launchId} was lost.`);
  return intent;
}

/** A launch from intent to closing, with as many machines. */
export async function launched(ledger: Ledger, launchId: string, count: number): Promise<readonly Instance[]> {
  const intent = await intended(ledger, launchId, { count });
  const machines = Array.from({ length: count }, (_, index) => machine(`i-${launchId}-${index}`, launchId));
  await ledger.recordLaunched(intent, machines, now);
  await ledger.close(intent, count, now);
  return machines;
}

export const used = async (ledger: Ledger): Promise<number> => (await ledger.usage(lane.fleet, [])).fleetUsed;
