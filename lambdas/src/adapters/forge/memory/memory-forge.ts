import { DeniedError, MalformedError, NameTakenError } from '../../../core/errors.ts';
import { after } from '../../../core/instant.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Forge, MissedEvent, RunnerGrant, RunnerSpec } from '../../../ports/forge.ts';
import { assertSecrets } from '../signature.ts';
import { type MemoryForgeControl, memoryControl } from './control.ts';
import { type Faults, type ForgeMethod, forgeFaults } from './faults.ts';
import { dropRunner, emptyState, findRunner, isBusy, type MemoryState, registrationOf } from './state.ts';
import { parseMemoryWebhook } from './webhook.ts';

export interface MemoryForgeOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** The first one signs `delivery`. */
  readonly webhookSecrets?: readonly string[];
  readonly apps?: readonly string[];
  readonly can?: Partial<Forge['can']>;
}

export type MemoryForge = Forge & MemoryForgeControl;

/** As long as GitHub's registration tokens live. */
const grantSeconds = 3600;

/** A whole forge in memory, for tests: deterministic, and as unreliable as it is told to be. */
export function memoryForge(options: MemoryForgeOptions): MemoryForge {
  const { clock, webhookSecrets = ['memory-secret'], apps = ['app-1'] } = options;
  assertSecrets(webhookSecrets);
  const state = emptyState();
  const { enter, ...faults } = forgeFaults();
  const callers = faultyCallers(enter);
  return {
    kind: 'memory',
    can: { push: 'jobs', singleUse: true, bindJob: false, removal: 'refused-when-busy', endJob: [], ...options.can },
    apps,
    parseWebhook(request) {
      const leave = enter('parseWebhook');
      const event = parseMemoryWebhook(webhookSecrets, request);
      leave();
      return event;
    },
    ...jobVerbs(state, callers),
    ...runnerVerbs(state, callers, { apps, clock }),
    ...faults,
    ...memoryControl(state, webhookSecrets[0] ?? '', clock),
  };
}

type Callers = ReturnType<typeof faultyCallers>;

/** Runs the effects of calls, between the two moments at which they may fail. */
const faultyCallers = (enter: Faults['enter']) => ({
  async call<T>(method: ForgeMethod, effect: () => T): Promise<T> {
    const leave = enter(method);
    const result = effect();
    leave();
    return result;
  },
  /** `after` fails at the end: a list that lost its last page. */
  async *list<T>(method: ForgeMethod, items: () => readonly T[]): AsyncGenerator<T> {
    const leave = enter(method);
    yield* items();
    leave();
  },
});

function jobVerbs(state: MemoryState, { call, list }: Callers) {
  const jobs = () => [...state.jobs.values()];
  return {
    missedEvents: (cursor) => list('missedEvents', () => missedSince(state, cursor)),
    repositories: () => list('repositories', () => [...state.repositories]),
    openJobs: (repo) => list('openJobs', () => jobs().filter((job) => job.ref.repo === repo && job.state !== 'done')),
    getJob: (ref) =>
      call('getJob', () => jobs().find((job) => job.ref.repo === ref.repo && job.ref.id === ref.id) ?? null),
  } satisfies Partial<Forge>;
}

function runnerVerbs(
  state: MemoryState,
  { call, list }: Callers,
  { apps, clock }: Required<Pick<MemoryForgeOptions, 'apps' | 'clock'>>,
) {
  return {
    createRunner: (spec) => call('createRunner', () => register(state, apps, spec, after(clock.now(), grantSeconds))),
    listRunners: (scope) =>
      list('listRunners', () =>
        state.runners.filter((r) => r.scope === scope && r.listed).map((r) => registrationOf(state, r)),
      ),
    removeRunner: (scope, ref) =>
      call('removeRunner', () => {
        const runner = findRunner(state, scope, ref);
        if (!runner) return 'absent';
        if (isBusy(state, runner) && !state.deleteWhileBusy) return 'busy';
        dropRunner(state, runner);
        return 'removed';
      }),
  } satisfies Partial<Forge>;
}

function missedSince(state: MemoryState, cursor: string | undefined): readonly MissedEvent[] {
  const from = Number(cursor ?? 0);
  if (!Number.isSafeInteger(from)) throw new MalformedError('The cursor of missed events is none that this forge gave');
  return state.missed.slice(from).map((event, i) => ({ event, cursor: String(from + i + 1) }));
}

function register(state: MemoryState, apps: readonly string[], spec: RunnerSpec, expiresAt: number): RunnerGrant {
  if (!apps.includes(spec.app)) throw new DeniedError(`The memory forge has no App ${spec.app}`);
  if (findRunner(state, spec.scope, { name: spec.name })) {
    throw new NameTakenError(`A runner named ${spec.name} exists in ${spec.scope}`);
  }
  state.runnersMade += 1;
  const id = String(state.runnersMade);
  const { name, scope, labels, ephemeral } = spec;
  state.runners.push({ id, name, scope, labels, ephemeral, online: false, busyClaim: undefined, listed: true });
  return {
    registration: { id, name },
    singleUse: ephemeral,
    expiresAt,
    boot: { argv: [], env: { MEMORY_FORGE_RUNNER: id } },
  };
}
