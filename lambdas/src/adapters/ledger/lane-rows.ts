import { isLaunchTaken } from '../../core/balance.ts';
import { inChunks } from '../../core/in-chunks.ts';
import { laneOf } from '../../core/lane.ts';
import type { LaneJob } from '../../core/lane-view.ts';
import type { RunnerRow } from '../../core/runner.ts';
import type { Ledger } from '../../ports/ledger.ts';
import { intentFrom } from './intent-rows.ts';
import { keys } from './keys.ts';
import { allRows, fromRow, numberIn } from './rows.ts';
import { type Table, transactionLimit, type Write } from './table.ts';

type LaneRows = Pick<Ledger, 'lanes' | 'lane' | 'countLaunches' | 'continueAt' | 'continued'>;

/** Lanes as they are read for a decision, and what a lane says about itself. */
export function laneRows(table: Table): LaneRows {
  return {
    async lanes() {
      const rows = await allRows(table, 'lanes');
      return rows.map((row) => laneOf(row.key.sk)).filter((lane) => lane !== undefined);
    },

    // A query is no snapshot, so the order is fixed: what is decided on is read first. A surplus runner, because a job
    // ended while we read, is allowed; one above the limit is not.
    async lane(lane) {
      const pk = keys.lane(lane);
      const [head] = await table.get([keys.head(lane)]);
      const intents = await allRows(table, pk, 'intent#');
      const runners = await allRows(table, pk, 'runner#');
      const jobs = await allRows(table, pk, 'job#');
      const continueAt = head?.attributes.continueAt;
      return {
        lane,
        seq: numberIn(head, 'seq'),
        ...(typeof continueAt === 'number' ? { continueAt } : {}),
        continuations: numberIn(head, 'continuations'),
        workedRunners: numberIn(head, 'worked'),
        intents: intents.map(intentFrom),
        runners: runners.map((row) => fromRow<RunnerRow>(row)),
        jobs: jobs.map((row) => fromRow<LaneJob>(row)),
      };
    },

    async countLaunches(lane, jobs, worked, now) {
      for (const chunk of inChunks(jobs, transactionLimit)) {
        let left: readonly LaneJob[] = chunk;
        while (left.length > 0) {
          const outcome = await table.transact(
            left.map(
              (job): Write => ({
                kind: 'update',
                key: keys.laneJob(lane, job.key),
                add: { launches: 1, ...(isLaunchTaken(job, worked) && { launchesTaken: 1 }) },
                set: { launchedForAt: now, workedThen: worked },
                if: [{ row: 'present' }],
              }),
            ),
          );
          if (outcome.kind === 'written') break;
          // Done meanwhile: its row must not be reborn as a count without a job.
          left = left.filter((_, index) => !outcome.failed.includes(index));
        }
      }
    },

    async continueAt(lane, at, now) {
      const waitsUntil = (condition: NonNullable<Write['if']>): Write => ({
        kind: 'update',
        key: keys.head(lane),
        set: { continueAt: at },
        add: { continuations: 1 },
        if: condition,
      });
      const idle = await table.transact([
        waitsUntil([{ attribute: 'continueAt', is: 'at-most', value: now, orAbsent: true }]),
      ]);
      if (idle.kind === 'written') return true;
      // It waits already; only for much longer than is now needed is a second message worth sending.
      const tooLong = await table.transact([waitsUntil([{ attribute: 'continueAt', is: 'above', value: at + 1000 }])]);
      return tooLong.kind === 'written';
    },

    async continued(lane) {
      await table.transact([
        {
          kind: 'update',
          key: keys.head(lane),
          set: { continuations: 0 },
          remove: ['continueAt'],
          if: [{ row: 'present' }],
        },
      ]);
    },
  };
}
