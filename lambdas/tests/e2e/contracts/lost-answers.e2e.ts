import { systemClock } from '../../../src/adapters/clock/system-clock.ts';
import { hostKey } from '../../../src/adapters/hosts/dynamodb-host-row.ts';
import { dynamodbHosts } from '../../../src/adapters/hosts/dynamodb-hosts.ts';
import { dynamodbOwnHost } from '../../../src/adapters/hosts/dynamodb-own-host.ts';
import { dynamodbTable } from '../../../src/adapters/ledger/dynamodb-table.ts';
import { tableLedger } from '../../../src/adapters/ledger/table-ledger.ts';
import { documentedTiming } from '../../../src/core/timing.ts';
import { hostsContract } from '../../contracts/hosts-contract.ts';
import { ledgerContract } from '../../contracts/ledger-contract.ts';
import { tableContract } from '../../contracts/table-contract.ts';
import { failingHandler } from './failing-handler.ts';
import { engineClient, newTable } from './new-tables.ts';

const clock = systemClock();

type When = Parameters<typeof failingHandler>[0];

const brokenClient = (when: When) => engineClient({ requestHandler: failingHandler(when) });
const brokenTable = async (when: When) =>
  dynamodbTable({ client: brokenClient(when), tableName: await newTable('pk', 'sk'), clock });

for (const when of ['before', 'after'] as const) {
  tableContract({
    name: `DynamoDB table whose every third call fails once ${when} it has its effect`,
    make: async () => ({ table: await brokenTable(when), now: clock.now, advance: clock.sleep }),
    skips: [{ reason: 'nobody can move its clock', tests: ['a token writes once in ten minutes'] }],
  });

  hostsContract({
    name: `DynamoDB hosts whose every third call of the control plane fails once ${when} it has its effect`,
    make: async () => {
      const tableName = await newTable('pk');
      const hosts = dynamodbHosts({
        client: brokenClient(when),
        tableName,
        clock,
        roleIdOf: (fleet) => `AROA-${fleet}`,
      });
      // A host that takes its grant and never hears of it has lost it: nothing is given twice.
      const client = engineClient();
      const ownHost = (instanceId: string) =>
        dynamodbOwnHost({ client, tableName, key: hostKey('AROA-small', instanceId) });
      return { hosts, ownHost };
    },
  });
}

ledgerContract({
  name: 'The ledger on DynamoDB where the answer to every third call is lost',
  make: async () => tableLedger(await brokenTable('after'), documentedTiming.tombstoneSeconds),
});
