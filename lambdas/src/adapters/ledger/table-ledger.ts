import type { Ledger } from '../../ports/ledger.ts';
import { intentRows } from './intent-rows.ts';
import { jobRows } from './job-rows.ts';
import { laneRows } from './lane-rows.ts';
import { runnerRows } from './runner-rows.ts';
import { sharedRows } from './shared-rows.ts';
import type { Table } from './table.ts';

/** The ledger's rules, once, for every table: memory, SQLite, DynamoDB. `tombstoneSeconds`: see `Timing`. */
export function tableLedger(table: Table, tombstoneSeconds: number): Ledger {
  return {
    ...jobRows(table, tombstoneSeconds),
    ...laneRows(table),
    ...intentRows(table),
    ...runnerRows(table, tombstoneSeconds),
    ...sharedRows(table),
  };
}
