import { systemClock } from '../../../src/adapters/clock/system-clock.ts';
import { dynamodbTable } from '../../../src/adapters/ledger/dynamodb-table.ts';
import { tableLedger } from '../../../src/adapters/ledger/table-ledger.ts';
import { documentedTiming } from '../../../src/core/timing.ts';
import { ledgerContract } from '../../contracts/ledger-contract.ts';
import { engineClient, newTable } from './new-tables.ts';

ledgerContract({
  name: 'The ledger on DynamoDB',
  make: async () => {
    const table = dynamodbTable({
      client: engineClient(),
      tableName: await newTable('pk', 'sk'),
      clock: systemClock(),
    });
    return tableLedger(table, documentedTiming.tombstoneSeconds);
  },
});
