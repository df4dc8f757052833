import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerContract } from '../../../tests/contracts/ledger-contract.ts';
import { documentedTiming } from '../../core/timing.ts';
import { manualClock } from '../clock/manual-clock.ts';
import { memoryTable } from './memory-table.ts';
import { sqliteTable } from './sqlite-table.ts';
import { tableLedger } from './table-ledger.ts';

const { tombstoneSeconds } = documentedTiming;

ledgerContract({
  name: 'The ledger in memory',
  make: () => tableLedger(memoryTable({ clock: manualClock() }), tombstoneSeconds),
});

ledgerContract({
  name: 'The ledger on SQLite',
  make: () => {
    const path = join(mkdtempSync(join(tmpdir(), 'ledger-')), 'ledger.sqlite');
    return tableLedger(sqliteTable({ path, clock: manualClock() }), tombstoneSeconds);
  },
});
