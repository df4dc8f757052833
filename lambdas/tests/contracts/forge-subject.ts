import type { Job } from '../../src/core/job.ts';
import type { Scope } from '../../src/core/lane.ts';
import type { Forge, ForgeEvent, WebhookRequest } from '../../src/ports/forge.ts';

/** A forge, and the other side of it: what workflows, runners and networks do there. */
export interface ForgeSubject {
  readonly forge: Forge;
  /** The current one first, then the one before it. */
  readonly secrets: readonly [string, string];
  /** Where jobs are, and whose runners take them. */
  readonly repo: string;
  readonly scope: Scope;
  /** A new queued job in `repo`. */
  queueJob(labels: readonly string[]): Promise<Job>;
  startJob(job: Job, runnerName: string): Promise<void>;
  finishJob(job: Job): Promise<void>;
  /** What the forge sends about the job as it now is. */
  delivery(job: Job): Promise<WebhookRequest>;
  /** Whether what the forge sends from now on arrives. */
  setReachable(reachable: boolean): Promise<void>;
  /** Runners of `scope` that are simply there. */
  seedRunners(names: readonly string[]): Promise<void>;
  connect(runnerName: string): Promise<void>;
  /** The forge's list lies from now on, whatever the runner does. */
  claimBusy(runnerName: string, busy: boolean): Promise<void>;
  close(): Promise<void>;
}

/** A part of the contract. */
export type Facts = (fact: (title: string, body: () => Promise<void>) => void, subject: () => ForgeSubject) => void;

/** All items, in order. */
export async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** The job that an event tells of. */
export function jobIn(event: ForgeEvent): Job {
  if (event.type !== 'job') throw new Error(`The event is no job: ${event.reason}`);
  return event.job;
}
