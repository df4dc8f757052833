import type { BootStages } from './boot-stages.ts';
import type { Instant } from './instant.ts';

/** A runner's life, as it is shown and counted. Derived by `runnerStateOf`; only `phase` is stored. */
export type RunnerState = 'launching' | 'booting' | 'idle' | 'busy' | 'leaving' | 'gone';

/** What the ledger holds of a runner. `gone` is a tombstone that outlives its intent's closing by a week. */
export type RunnerPhase = 'up' | 'leaving' | 'gone';

/** When something suspicious was first seen, by our clock, so that a second look can confirm it. */
export interface Looks {
  /** No complete list of machines named it since. */
  readonly missingAt?: Instant;
  /** The forge did not know it, or called it offline, since. */
  readonly unlistedAt?: Instant;
  /** A second look, long enough after the first, found the same. */
  readonly unlistedTwice?: true;
  /** The lease stood at this counter since. */
  readonly silent?: { readonly counter: number; readonly since: Instant; readonly notBusy?: NotBusyLooks };
}

/** Looks in a row at each of which the forge answered and did not call a silent runner busy. */
export interface NotBusyLooks {
  /** How long they watched it: a gap between two of them counts for little. */
  readonly seconds: number;
  /** The last of them that was written down. */
  readonly until: Instant;
  /** The first of them found it offline, or unknown to the forge. */
  readonly offlineToo: boolean;
}

/** Field by field: a database need not keep the order in which they were written. */
export const isSameLooks = (a: Looks, b: Looks): boolean =>
  a.missingAt === b.missingAt &&
  a.unlistedAt === b.unlistedAt &&
  a.unlistedTwice === b.unlistedTwice &&
  a.silent?.counter === b.silent?.counter &&
  a.silent?.since === b.silent?.since &&
  a.silent?.notBusy?.seconds === b.silent?.notBusy?.seconds &&
  a.silent?.notBusy?.until === b.silent?.notBusy?.until &&
  a.silent?.notBusy?.offlineToo === b.silent?.notBusy?.offlineToo;

/** The ledger's row of one runner. */
export interface RunnerRow {
  readonly instanceId: string;
  readonly launchId: string;
  readonly launchedAt: Instant;
  readonly phase: RunnerPhase;
  /** Why it is in this phase, in kebab-case words. */
  readonly reason: string;
  readonly phaseAt: Instant;
  readonly looks: Looks;
}

/** What an instance says about itself; trusted for *alive* alone, as a job shares its rights. */
export interface Lease {
  /** Moves at each renewal. */
  readonly counter: number;
  readonly sees: 'booting' | 'idle' | 'busy' | 'leaving' | 'done';
  /** Since when it sees that, by the host's clock. */
  readonly since: Instant;
  /** By the host's clock, which may be wrong. */
  readonly at: Instant;
  readonly reason?: string;
  /** How long each stage of the machine's boot took. */
  readonly boot?: BootStages;
}

/** Why a host is done that had a job; another one came for nothing. */
export const jobDone = 'job-done';

/** It had its one job, and says that there will be no other. */
export const isJobDone = (host: HostRow | undefined): boolean =>
  host?.lease?.sees === 'done' && host.lease.reason === jobDone;

/** Whether a job was what became of it, so that its launch was of use, whosever job that was. */
export const hasWorked = (host: HostRow | undefined): boolean => host?.lease?.sees === 'busy' || isJobDone(host);

/** The one-time credential's way: `none → given → taken`, or `void` before it was taken. */
export type GrantState = 'none' | 'given' | 'taken' | 'void';

/** What the control plane tells a host: leave when quiet · your registration is removed, end when quiet · stay. */
export type Ask = 'leave' | 'removed' | 'stay';

/** An instance's own row, as the control plane sees it. The grant's secret is not in it. */
export interface HostRow {
  readonly instanceId: string;
  readonly lane: string;
  readonly grantState: GrantState;
  /** The registration that the grant made, once given. */
  readonly registration?: { readonly id: string; readonly name: string };
  readonly lease?: Lease;
  readonly ask?: Ask;
}
