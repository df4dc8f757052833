import type { Accounts } from './accounts.ts';
import type { AppIdentity } from './app-identity.ts';
import type { Assignment } from './assignment.ts';
import type { FakeClock } from './clock.ts';
import type { Deliveries } from './deliveries.ts';
import type { Durations } from './durations.ts';
import type { Habits } from './habits.ts';
import type { Hook } from './hook.ts';
import type { JobRecord, Jobs } from './jobs.ts';
import type { Matchmaker } from './matchmaker.ts';
import type { HeldPoll } from './messages.ts';
import type { Validator } from './openapi/validator.ts';
import type { RateLimits } from './rate-limits.ts';
import type { RunnerRecord, Runners } from './runners.ts';
import type { Tokens } from './tokens.ts';

/** All that the fake knows: the first parameter of each of its verbs. */
export interface World {
  readonly clock: FakeClock;
  readonly durations: Durations;
  readonly habits: Habits;
  readonly accounts: Accounts;
  readonly jobs: Jobs;
  readonly runners: Runners;
  readonly matchmaker: Matchmaker;
  readonly deliveries: Deliveries;
  readonly hook: Hook;
  readonly validator: Validator;
  readonly app: AppIdentity;
  readonly tokens: Tokens;
  readonly rateLimits: RateLimits;
  /** Names of runner groups; a group's id is its place in the list, from 1. */
  readonly runnerGroups: readonly string[];
  readonly assignments: Map<JobRecord, Assignment>;
  /** Of runners that do not poll at the moment. */
  readonly absenceTimers: Map<RunnerRecord, () => void>;
  readonly heldPolls: Map<RunnerRecord, HeldPoll>;
  /** Where the fake is served; known once it listens. */
  baseUrl(): string;
  readonly tallies: Tallies;
}

/** What tests ask about a whole run. */
export interface Tallies {
  /** Calls by `METHOD template`. */
  readonly calls: Record<string, number>;
  /** Answers and webhooks of the fake's own that GitHub's description does not allow: always a bug of the fake. */
  readonly violations: string[];
  /** Jobs that failed because their runner was not heard of any more. */
  endedByForge: number;
  /** Tokens asked for with a JWT that was used for one before. */
  repeatedJwts: number;
}
