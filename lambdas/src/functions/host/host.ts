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
  const { seen, policy, readAt, failedReads } = await observe(world, state);

  const now = world.clock.now();
  const memory = rememberHost(state.memory, seen, policy, now);
  const plan = planHost(seen, memory, policy, now);

  // The secret goes as soon as nothing can need it; a runner in doubt may still have to be started.
  const grant = seen.runner === 'none' || seen.runner === 'unknown' ? state.grant : undefined;
  const planned: HostState = { memory, policy, grant, readAt, failedReads, plan, ended: state.ended };
  return plan.kind === 'wait' ? planned : await act(world, planned, plan);
}

/** A plan that makes room for the next is followed by it at once; all else waits, a failure too. */
function pauseSeconds(clock: Clock, state: HostState): number {
  const { plan, memory, policy } = state;
  const lastWord = plan?.kind === 'renew' && plan.lease.sees === 'done';
  const isStopped = plan?.kind === 'stop-listening' && memory.stoppedFor !== undefined;
  const leadsOn = plan?.kind === 'take-grant' || plan?.kind === 'start-runner' || lastWord || isStopped;
  if (state.ended || (leadsOn && memory.failed?.kind !== plan.kind)) return 0;
  return lookSeconds(memory, policy, clock.now()) * (0.9 + clock.fraction() / 10);
}

type Observation = Pick<HostState, 'policy' | 'readAt' | 'failedReads'> & { readonly seen: HostSeen };

async function observe(world: HostWorld, state: HostState): Promise<Observation> {
  const { machine, log } = world;
  // The row before the processes: a worker that starts in between is then seen, and outweighs whatever was asked.
  const { row, policy, readAt, failedReads } = isReadDue(world, state) ? await readRow(world, state) : unread(state);
  const runner = machine.runner().catch(unknownOf(log, 'runner'));
  const worker = machine.worker().catch(unknownOf(log, 'worker'));
  const notice = await machine.notice().catch(unknownOf(log, 'notice'));
  const seen = {
    startedAt: machine.startedAt,
    row,
    runner: await runner,
    worker: await worker,
    notice: notice === 'unknown' ? null : notice,
  };
  return { seen, policy, readAt, failedReads };
}

const unknownOf =
  (log: Log, what: string) =>
  (thrown: unknown): 'unknown' => {
    log.warn('host could not look', { what, reason: messageOf(thrown) });
    return 'unknown';
  };

type RowRead = Pick<HostState, 'policy' | 'readAt' | 'failedReads'> & { readonly row: OwnRow | HostSeen['row'] };

function isReadDue({ clock }: HostWorld, { policy, readAt, failedReads, memory }: HostState): boolean {
  const now = clock.now();
  const pause = failedReads > 0 ? retrySeconds(failedReads, policy, clock.fraction()) : readSeconds(memory, policy);
  // A clock that was set back must not keep us from reading.
  return readAt === undefined || now < readAt || now >= after(readAt, pause);
}

const unread = ({ policy, readAt, failedReads }: HostState): RowRead => ({
  policy,
  readAt,
  failedReads,
  row: 'unread',
});

async function readRow({ own, clock, log }: HostWorld, { policy, failedReads }: HostState): Promise<RowRead> {
  const now = clock.now();
  try {
    const row = await own.read();
    return { policy: row === 'absent' ? policy : row.policy, readAt: now, failedReads: 0, row };
  } catch (thrown) {
    return { policy, readAt: now, failedReads: failedReads + 1, row: unknownOf(log, 'row')(thrown) };
  }
}

type Deed = Exclude<HostPlan, { kind: 'wait' }>;

async function act(world: HostWorld, state: HostState, plan: Deed): Promise<HostState> {
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

async function perform({ own, machine }: HostWorld, { grant }: HostState, plan: Deed): Promise<Performed> {
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
    case 'stop-listening':
      return { outcome: (await machine.stopListening()) === 'stopped' ? 'done' : 'refused', grant };
    case 'end':
      await machine.end(plan.reason);
      return { outcome: 'done', grant };
  }
}

/** One line for each thing done; a lease that only goes on is none. */
function logPlan({ machine, log }: HostWorld, plan: Deed): void {
  const { kind, reason } = plan;
  if (reason === 'due') return;
  log.info('host', { instance: machine.instanceId, kind, reason, ...(kind === 'renew' && { sees: plan.lease.sees }) });
}
