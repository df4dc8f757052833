import type { LaneFacts } from '../../core/balance.ts';
import { messageOf } from '../../core/errors.ts';
import { inChunks } from '../../core/in-chunks.ts';
import { type Lane, laneKey } from '../../core/lane.ts';
import { isSameLooks } from '../../core/runner.ts';
import type { RunnerPlan } from '../../core/runner-plan.ts';
import type { LanePlan } from '../../core/scale-down-plan.ts';
import type { RunnerMove } from '../../ports/ledger.ts';
import { closeRunners } from '../close-runners.ts';
import { inParallel } from '../in-parallel.ts';
import { noteProvenBoots } from '../note-boots.ts';
import { ringAfterFreeing } from '../ring-after-freeing.ts';
import { hasTime, type World } from '../world.ts';
import { endRunners, mayEnd } from './end-runner.ts';
import { retireRunner } from './retire-runner.ts';

/** Under GitHub's 100 requests in flight. */
const runnersAtOnce = 10;
const partSize = 500;

/** Does what the plan says for one lane: slots first, as others wait for them. One bad runner never stops the rest. */
export async function carryOut(world: World, plan: LanePlan, { view }: LaneFacts): Promise<void> {
  const { lane, runners } = plan;
  const freed = await closeRunners(world, lane, runners.filter(({ kind }) => kind === 'close').map(moveOf));
  const left = await letLeave(world, lane, view.seq, runners);
  await noteProvenBoots(world, lane, plan.balance.standings);

  const rest = runners.filter((runner) => !waitsForMove(runner) || left.has(runner.standing.row.instanceId));
  await carryOutPart(
    world,
    lane,
    rest.filter((runner) => !isEnd(runner)),
  );
  // By the part, so that what the forge said of a machine is not old when it ends.
  for (const part of inChunks(rest.filter(isEnd), partSize)) await carryOutPart(world, lane, part);
  for (const runner of rest) logPlan(world, lane, runner);
  logKept(world, lane, rest);
  if (freed !== undefined) await ringAfterFreeing(world, [freed]);
  if (left.size > 0 && plan.balance.waiting.length > 0) {
    // Supply was lowered: whoever waits in this lane is looked at again.
    await world.queue.send([{ lane: laneKey(lane), reason: 'supply-lowered' }], 0);
  }
}

async function carryOutPart(world: World, lane: Lane, runners: readonly RunnerPlan[]): Promise<void> {
  const results = await inParallel(runners, runnersAtOnce, (runner) => carryOutOne(world, lane, runner));
  const ending = runners.filter((_, index) => {
    const result = results[index];
    return result?.status === 'fulfilled' && result.value === 'end';
  });
  await endRunners(world, lane, ending);
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') continue;
    const runner = (runners[index] as RunnerPlan).standing.row.instanceId;
    world.log.error('A runner could not be dealt with.', {
      lane: laneKey(lane),
      runner,
      reason: messageOf(result.reason),
    });
  }
}

const moveOf = ({ standing, reason }: RunnerPlan): RunnerMove => ({ row: standing.row, reason });

const isEnd = ({ kind }: RunnerPlan): boolean =>
  kind === 'end-unstarted' || kind === 'end-lost' || kind === 'end-at-hard-limit';

const waitsForMove = ({ kind, standing }: RunnerPlan): boolean =>
  (kind === 'ask-to-leave' || kind === 'retire') && standing.row.phase === 'up';

/**
 * Before any runner is told to leave, the ledger says so, on the condition that nobody decided on this lane meanwhile.
 * Who dies in between has moved a row that the next pass tells its host about.
 */
async function letLeave(
  world: World,
  lane: Lane,
  seq: number,
  runners: readonly RunnerPlan[],
): Promise<ReadonlySet<string>> {
  const moves = runners.filter(waitsForMove).map(moveOf);
  if (moves.length === 0) return new Set();
  return new Set(await world.ledger.move(lane, moves, 'leaving', world.clock.now(), seq));
}

/** `end`: it may be ended, together with others. */
async function carryOutOne(world: World, lane: Lane, plan: RunnerPlan): Promise<'end' | 'done'> {
  const { row } = plan.standing;
  if (!isSameLooks(plan.looks, row.looks)) await world.ledger.noteLooks(lane, row, plan.looks);
  if (!hasTime(world)) return 'done';
  switch (plan.kind) {
    case 'take-back':
      await world.hosts.ask(lane, row.instanceId, null);
      await world.ledger.move(lane, [moveOf(plan)], 'up', world.clock.now());
      return 'done';
    case 'ask-to-leave':
      await world.hosts.ask(lane, row.instanceId, 'leave');
      return 'done';
    case 'forget-answer':
      await world.hosts.ask(lane, row.instanceId, null);
      return 'done';
    case 'refuse-to-let-go':
      await world.hosts.ask(lane, row.instanceId, 'stay');
      return 'done';
    case 'retire':
      await retireRunner(world, lane, plan);
      return 'done';
    case 'end-unstarted':
    case 'end-lost':
    case 'end-at-hard-limit':
      return (await mayEnd(world, lane, plan)) ? 'end' : 'done';
    case 'read-job': {
      const says = await world.forge.getJob(plan.job.ref);
      await world.ledger.confirm(plan.job.key, says, world.clock.now(), world.timing.rereadSeconds);
      return 'done';
    }
    case 'keep':
    case 'close':
      return 'done';
  }
}

function logPlan(world: World, lane: Lane, { kind, reason, standing }: RunnerPlan): void {
  if (kind === 'keep') return;
  world.log.info('scale-down', { lane: laneKey(lane), runner: standing.row.instanceId, kind, reason });
}

/** Of those that stay, what one would not expect: how many, and why. */
function logKept(world: World, lane: Lane, runners: readonly RunnerPlan[]): void {
  const counts = new Map<string, number>();
  for (const { kind, reason } of runners) {
    if (kind === 'keep' && keptThough.has(reason)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  for (const [reason, count] of counts) {
    world.log.info('scale-down', { lane: laneKey(lane), kind: 'keep', reason, count });
  }
}

const keptThough: ReadonlySet<string> = new Set([
  'foreign-job',
  'bypass-removal',
  'too-many-silent-at-once',
  'silent-and-forge-unknown',
  'silent-but-forge-says-busy',
  'silent-but-online',
]);
