/** One of several processes that share files: it takes what it can get of each, and prints what it got. */
import { join } from 'node:path';
import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import { sqliteHosts } from '../../src/adapters/hosts/sqlite-hosts.ts';
import { sqliteTable } from '../../src/adapters/ledger/sqlite-table.ts';
import { sqliteQueue } from '../../src/adapters/queue/sqlite-queue.ts';

const [folder = '', roundsText = ''] = process.argv.slice(2);
const rounds = Number(roundsText);
const clock = systemClock();
const table = sqliteTable({ path: join(folder, 'ledger.db'), clock });
const queue = sqliteQueue({ path: join(folder, 'queue.db'), clock, visibilitySeconds: 600, receiveLimit: 3 });
const hosts = sqliteHosts({ path: join(folder, 'hosts.db') });

const claimed: number[] = [];
const received: string[] = [];
const taken: number[] = [];
for (let round = 0; round < rounds; round++) {
  const claim = {
    kind: 'put',
    key: { pk: 'claims', sk: String(round) },
    attributes: {},
    if: [{ row: 'absent' }],
  } as const;
  const add = { kind: 'update', key: { pk: 'counts', sk: 'used' }, add: { used: 1 } } as const;
  await table.transact([add]);
  if ((await table.transact([claim])).kind === 'written') claimed.push(round);
  received.push(...(await queue.receive(2)).map((delivery) => delivery.request.lane));
  if (await hosts.ownHost(`i-${round}`).takeGrant()) taken.push(round);
}
process.stdout.write(JSON.stringify({ claimed, received, taken }));
