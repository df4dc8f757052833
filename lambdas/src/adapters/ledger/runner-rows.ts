import { inChunks } from '../../core/in-chunks.ts';
import type { Instance } from '../../core/instance.ts';
import type { Instant } from '../../core/instant.ts';
import { after } from '../../core/instant.ts';
import { type Lane, laneOf } from '../../core/lane.ts';
import type { RunnerPhase, RunnerRow } from '../../core/runner.ts';
import type { Ledger, RunnerMove } from '../../ports/ledger.ts';
import { seqIs, usedBy } from './intent-rows.ts';
import { keys } from './keys.ts';
import { fromRow, toAttributes } from './rows.ts';
import type { Outcome, Table, Write } from './table.ts';

type RunnerRows = Pick<Ledger, 'runner' | 'recordLaunched' | 'adopt' | 'move' | 'noteLooks'>;

/** Two writes a machine (its row, its tombstone's absence) and the intent's check: within a transaction's 100. */
const launchedLimit = 49;
/** Two writes a machine (its row, its tombstone), the counts of fleet and deployment, and the lane's. */
const goneLimit = 45;
const leavingLimit = 90;

/** Runners, each from its launch to its tombstone. */
export function runnerRows(table: Table, tombstoneSeconds: number): RunnerRows {
  /** Writes what still can be: an item whose condition failed is dropped, unless it is the common one, at index 0. */
  async function writeEach<T>(items: readonly T[], writes: (items: readonly T[]) => readonly Write[], each: number) {
    let left = items;
    while (left.length > 0) {
      const all = writes(left);
      const common = all.length - left.length * each;
      const outcome: Outcome = await table.transact(all);
      if (outcome.kind === 'written') return left;
      const failed = new Set(outcome.failed.map((index) => Math.floor((index - common) / each)));
      if (outcome.failed.some((index) => index < common)) return 'common-failed';
      left = left.filter((_, index) => !failed.has(index));
    }
    return left;
  }

  return {
    async runner(lane, instanceId) {
      const [row] = await table.get([keys.runner(lane, instanceId)]);
      return row && fromRow<RunnerRow>(row);
    },

    async recordLaunched(intent, instances, now) {
      for (const chunk of inChunks(instances, launchedLimit)) {
        const open: Write = { kind: 'check', key: keys.intent(intent.lane, intent.launchId), if: [{ row: 'present' }] };
        const written = await writeEach(
          chunk,
          (left) => [open, ...left.flatMap((instance) => birth(intent.lane, instance, 'launched', now))],
          2,
        );
        if (written === 'common-failed') return 'closed';
      }
      return 'recorded';
    },

    async adopt(instance, now) {
      const lane = laneOf(instance.lane);
      if (lane === undefined) throw new Error(`Machine ${instance.id} names no lane: "${instance.lane}".`);
      const outcome = await table.transact([
        { kind: 'check', key: keys.intent(lane, instance.launchId), if: [{ row: 'absent' }] },
        ...birth(lane, instance, 'adopted', now),
        ...usedBy(lane.fleet, 1),
        { kind: 'update', key: keys.head(lane), add: { seq: 1 } },
        { kind: 'put', key: keys.lanes(lane), attributes: {} },
      ]);
      if (outcome.kind === 'written') return 'adopted';
      return outcome.failed.includes(0) ? 'intent-open' : 'known';
    },

    async move(lane, moves, to, now, seq) {
      const moved: string[] = [];
      for (const [index, chunk] of inChunks(moves, to === 'gone' ? goneLimit : leavingLimit).entries()) {
        const written = await writeEach(
          chunk,
          (left) =>
            to === 'gone'
              ? [
                  ...usedBy(lane.fleet, -left.length),
                  ...workedIn(lane, left),
                  ...left.flatMap((move) => death(lane, move, now)),
                ]
              : [
                  ...headAt(lane, seq === undefined ? undefined : seq + index),
                  ...left.map((move) => step(lane, move, to, now)),
                ],
          to === 'gone' ? 2 : 1,
        );
        if (written === 'common-failed') break;
        moved.push(...written.map(({ row }) => row.instanceId));
        // Nothing of this chunk was written, so the head stands where it was: the next one's count would be wrong.
        if (written.length === 0 && seq !== undefined) break;
      }
      return moved;
    },

    async noteLooks(lane, runner, looks) {
      await table.transact([
        {
          kind: 'update',
          key: keys.runner(lane, runner.instanceId),
          set: toAttributes({ looks }),
          if: [{ row: 'present' }],
        },
      ]);
    },
  };

  function headAt(lane: Lane, seq: number | undefined): readonly Write[] {
    if (seq === undefined) return [];
    return [{ kind: 'update', key: keys.head(lane), add: { seq: 1 }, if: [seqIs(seq)] }];
  }

  function workedIn(lane: Lane, gone: readonly RunnerMove[]): readonly Write[] {
    const worked = gone.filter(({ hasWorked }) => hasWorked).length;
    return worked === 0 ? [] : [{ kind: 'update', key: keys.head(lane), add: { worked } }];
  }

  function step(lane: Lane, { row, reason }: RunnerMove, to: RunnerPhase, now: Instant): Write {
    return {
      kind: 'update',
      key: keys.runner(lane, row.instanceId),
      set: { phase: to, reason, phaseAt: now },
      if: [{ attribute: 'phase', is: 'equal', value: row.phase }],
    };
  }

  function death(lane: Lane, { row, reason }: RunnerMove, now: Instant): readonly Write[] {
    const expiresAt = Math.ceil(after(now, tombstoneSeconds) / 1000);
    return [
      { kind: 'delete', key: keys.runner(lane, row.instanceId), if: [{ row: 'present' }] },
      { kind: 'put', key: keys.gone(row.launchId, row.instanceId), attributes: { reason, goneAt: now, expiresAt } },
    ];
  }
}

/** A row where none of that machine ever stood. */
function birth(lane: Lane, instance: Instance, reason: string, now: Instant): readonly [Write, Write] {
  const row: RunnerRow = {
    instanceId: instance.id,
    launchId: instance.launchId,
    launchedAt: instance.launchedAt,
    phase: 'up',
    reason,
    phaseAt: now,
    looks: {},
  };
  return [
    { kind: 'put', key: keys.runner(lane, instance.id), attributes: toAttributes(row), if: [{ row: 'absent' }] },
    { kind: 'check', key: keys.gone(instance.launchId, instance.id), if: [{ row: 'absent' }] },
  ];
}
