import { messageOf } from '../../core/errors.ts';
import { type HostMemory, type HostSeen, newHostMemory, rememberHost } from '../../core/host-memory.ts';
import { type HostOutcome, rememberOutcome } from '../../core/host-outcome.ts';
import { lookSeconds, readSeconds, retrySeconds } from '../../core/host-pace.ts';
import { type HostPlan, planHost } from '../../core/host-plan.ts';
import { type HostPolicy, unseenHostPolicy } from '../../core/host-policy.ts';
import { after, type Instant } from '../../core/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RunnerGrant } from '../../ports/forge.ts';
import type { OwnHost, OwnRow } from '../../ports/hosts.ts';
import type { Log } from '../../ports/log.ts';
import type { Machine } from '../../ports/machine.ts';

export interface HostWorld {
  readonly own: OwnHost;
  readonly machine: Machine;
  readonly clock: Clock;
  readonly log: Log;
}

/** What one step hands to the next. */
export interface HostState {
  readonly memory: HostMemory;
  readonly policy: HostPolicy;
  /** Between taking it and the runner's start. It holds a secret. */
  readonly grant: RunnerGrant | undefined;
  readonly readAt: Instant | undefined;
  readonly failedReads: number;
  /** What the last step did. */
  readonly plan: HostPlan | undefined;
  /** The machine's end was called for, and came back: the loop is over. */
  readonly ended: boolean;
}

export const newHostState: HostState = {
  memory: newHostMemory,
  policy: unseenHostPolicy,
  grant: undefined,
  readAt: undefined,
  failedReads: 0,
  plan: undefined,
  ended: false,
};

/** The life of one machine, from its first look to its end. */
export async function runHost(world: HostWorld): Promise<HostState> {
  let state = newHostState;
  while (!state.ended) {
    state = await hostStep(world, state);
    await world.clock.sleep(pauseSeconds(world.clock, state));
  }
  return state;
}

export async function hostStep(world: HostWorld, state: HostState): Promise<HostState> {
  const { seen, ...read } = await observe(world, state);

  const now = world.clock.now();
  const memory = rememberHost(state.memory, seen, read.policy, now);
  const plan = planHost(seen, memory, read.policy, now);

  // The secret goes as soon as nothing can need it; a runner in doubt may still have to be started.
  const grant = seen.runner === 'none' || seen.runner === 'unknown' ? state.grant : undefined;
  return await act(world, { ...state, ...read, memory, grant, plan }, plan);
}

/** A plan that makes room for the next is followed by it at once; all else waits, a failure too. */
function pauseSeconds(clock: Clock, state: HostState): number {
  const { plan, memory, policy } = state;
  const lastWord = plan?.kind === 'renew' && plan.lease.sees === 'done';
  const leadsOn = plan?.kind === 'take-grant' || plan?.kind === 'start-runner' || lastWord;
  if (state.ended || (leadsOn && memory.failed?.kind !== plan.kind)) return 0;
  return lookSeconds(memory, policy, clock.now()) * (0.9 + clock.fraction() / 10);
}

type Observation = Pick<HostState, 'policy' | 'readAt' | 'failedReads'> & { readonly seen: HostSeen };

async function observe(world: HostWorld, state: HostState): Promise<Observation> {
  const { machine, log } = world;
  // The row before the processes: a worker that starts in between is then seen, and outweighs whatever was asked.
  const { row, ...read } = await readRow(world, state);
  const [runner, worker, notice] = await Promise.all([
    machine.runner().catch(unknownOf(log, 'runner')),
    machine.worker().catch(unknownOf(log, 'worker')),
    machine.notice().catch(unknownOf(log, 'notice')),
  ]);
  const seen = { startedAt: machine.startedAt, row, runner, worker, notice: notice === 'unknown' ? null : notice };
  return { ...read, seen };
}

const unknownOf =
  (log: Log, what: string) =>
  (thrown: unknown): 'unknown' => {
    log.warn('host could not look', { what, reason: messageOf(thrown) });
    return 'unknown';
  };

type RowRead = Pick<HostState, 'policy' | 'readAt' | 'failedReads'> & { readonly row: OwnRow | HostSeen['row'] };

async function readRow(world: HostWorld, state: HostState): Promise<RowRead> {
  const { policy, readAt, failedReads, memory } = state;
  const now = world.clock.now();
  const pause =
    failedReads > 0 ? retrySeconds(failedReads, policy, world.clock.fraction()) : readSeconds(memory, policy);
  // A clock that was set back must not keep us from reading.
  const isTime = readAt === undefined || now < readAt || now >= after(readAt, pause);
  if (!isTime) return { policy, readAt, failedReads, row: 'unread' };
  try {
    const row = await world.own.read();
    return { policy: row === 'absent' ? policy : row.policy, readAt: now, failedReads: 0, row };
  } catch (thrown) {
    const row = unknownOf(world.log, 'row')(thrown);
    return { policy, readAt: now, failedReads: failedReads + 1, row };
  }
}

async function act(world: HostWorld, state: HostState, plan: HostPlan): Promise<HostState> {
  if (plan.kind === 'wait') return state;
  logPlan(world, plan);
  const { clock } = world;
  try {
    const { outcome, grant } = await perform(world, state, plan);
    const memory = rememberOutcome(state.memory, plan, outcome, state.policy, clock.now(), clock.fraction());
    return { ...state, memory, grant, ended: plan.kind === 'end' };
  } catch (thrown) {
    world.log.warn('host plan failed', { kind: plan.kind, reason: messageOf(thrown) });
    const memory = rememberOutcome(state.memory, plan, 'failed', state.policy, clock.now(), clock.fraction());
    return { ...state, memory };
  }
}

interface Performed {
  readonly outcome: HostOutcome;
  readonly grant: RunnerGrant | undefined;
}

async function perform(
  world: HostWorld,
  state: HostState,
  plan: Exclude<HostPlan, { kind: 'wait' }>,
): Promise<Performed> {
  const { own, machine } = world;
  const { grant } = state;
  switch (plan.kind) {
    case 'take-grant': {
      const taken = await own.takeGrant();
      return { outcome: taken ? 'done' : 'refused', grant: taken ?? undefined };
    }
    case 'start-runner':
      if (!grant) return { outcome: 'refused', grant };
      await machine.startRunner(grant);
      return { outcome: 'done', grant };
    case 'renew':
      return { outcome: (await own.renew(plan.lease)) === 'renewed' ? 'done' : 'refused', grant };
    case 'end':
      await machine.end(plan.reason);
      return { outcome: 'done', grant };
  }
}

/** One line for each thing done; a lease that only goes on is none. */
function logPlan({ machine, log }: HostWorld, plan: HostPlan): void {
  const { kind, reason } = plan;
  if (reason === 'due') return;
  log.info('host', { instance: machine.instanceId, kind, reason, ...(kind === 'renew' && { sees: plan.lease.sees }) });
}
