import type { Instant } from '../../core/instant.ts';
import type { Scope } from '../../core/lane.ts';
import type { JobRecord } from './jobs.ts';

/** A runner's registration, and what the forge knows of the listener behind it. */
export interface RunnerRecord {
  readonly id: number;
  readonly name: string;
  readonly labels: readonly string[];
  readonly scope: Scope;
  readonly groupId: number;
  /** The secret in its JIT configuration. */
  readonly token: string;
  /** Not in lists, and 404, before. */
  readonly visibleAt: Instant;
  /** `unknown` until its listener has connected. */
  os: string;
  online: boolean;
  sessionId: string | null;
  /** What it was given; whether it took it up shows in the job's status. */
  job: JobRecord | null;
  /** The forge shows something else than the truth about `busy` within these times. */
  busyLie: { readonly from: Instant; readonly until: Instant } | null;
  /** Its registration is gone; a listener or a job may live on. */
  removed: boolean;
  /** Without registration its listener goes on listening until then. */
  ghostUntil: Instant;
}

export interface NewRunner {
  readonly name: string;
  readonly labels: readonly string[];
  readonly scope: Scope;
  readonly groupId: number;
  readonly token: string;
  readonly visibleAt: Instant;
}

export interface Runners {
  /** Null: the scope has a runner of that name. */
  register(wish: NewRunner): RunnerRecord | null;
  /** The registration is gone from here on; the listener's token stays known. */
  remove(runner: RunnerRecord): void;
  byId(scope: Scope, id: number): RunnerRecord | undefined;
  byToken(token: string): RunnerRecord | undefined;
  /** Oldest first. */
  inScope(scope: Scope): readonly RunnerRecord[];
  all(): readonly RunnerRecord[];
}

interface ScopeEntry {
  readonly byId: Map<number, RunnerRecord>;
  readonly byName: Map<string, RunnerRecord>;
}

export function runners(): Runners {
  const scopes = new Map<string, ScopeEntry>();
  const tokens = new Map<string, RunnerRecord>();
  let lastId = 0;

  const entryOf = (scope: Scope): ScopeEntry => {
    const key = scope.toLowerCase();
    const entry = scopes.get(key) ?? { byId: new Map(), byName: new Map() };
    scopes.set(key, entry);
    return entry;
  };

  return {
    register(wish) {
      const entry = entryOf(wish.scope);
      if (entry.byName.has(wish.name.toLowerCase())) return null;
      const runner: RunnerRecord = { ...wish, id: ++lastId, ...unconnected };
      entry.byId.set(runner.id, runner);
      entry.byName.set(runner.name.toLowerCase(), runner);
      tokens.set(runner.token, runner);
      return runner;
    },
    remove(runner) {
      // Another runner may have taken the name since.
      if (runner.removed) return;
      const entry = entryOf(runner.scope);
      runner.removed = true;
      entry.byId.delete(runner.id);
      entry.byName.delete(runner.name.toLowerCase());
    },
    byId: (scope, id) => entryOf(scope).byId.get(id),
    byToken: (token) => tokens.get(token),
    inScope: (scope) => [...entryOf(scope).byId.values()],
    all: () => [...scopes.values()].flatMap((entry) => [...entry.byId.values()]),
  };
}

const unconnected = {
  os: 'unknown',
  online: false,
  sessionId: null,
  job: null,
  busyLie: null,
  removed: false,
  ghostUntil: 0,
};

/** What the forge says about `busy`, which is not always so. */
export function shownBusy(runner: RunnerRecord, now: Instant): boolean {
  const busy = runner.job?.status === 'in_progress';
  const lies = runner.busyLie !== null && runner.busyLie.from <= now && now < runner.busyLie.until;
  return lies ? !busy : busy;
}
