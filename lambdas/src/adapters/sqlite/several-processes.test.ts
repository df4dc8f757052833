import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { grant, lane, machine } from '../../../tests/contracts/hosts-subject.ts';
import { scratchPaths } from '../../../tests/scratch/scratch-path.ts';
import { manualClock } from '../clock/manual-clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import { sqliteHosts } from '../hosts/sqlite-hosts.ts';
import { sqliteTable } from '../ledger/sqlite-table.ts';
import { sqliteQueue } from '../queue/sqlite-queue.ts';

interface Gains {
  readonly claimed: readonly number[];
  readonly received: readonly string[];
  readonly taken: readonly number[];
}

const scratch = scratchPaths();
const rounds = 60;
const all = Array.from({ length: rounds }, (_, round) => round);
const contender = new URL('../../../tests/processes/contend.ts', import.meta.url).pathname;

/** In a process of its own, so that the files' locks are what keeps them apart. */
async function contend(folder: string): Promise<Gains> {
  const args = ['--experimental-strip-types', '--no-warnings', contender, folder, String(rounds)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: {} });
  return JSON.parse(stdout) as Gains;
}

const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);

test('several processes on the same files lose nothing and get nothing twice', async () => {
  const path = scratch.path('queue.db');
  const folder = join(path, '..');
  const clock = systemClock();
  const queue = scratch.closing(sqliteQueue({ path, clock, visibilitySeconds: 600, receiveLimit: 3 }));
  await queue.send(
    all.map((round) => ({ lane: String(round), reason: 'job-queued' })),
    0,
  );
  const hosts = scratch.closing(sqliteHosts({ path: join(folder, 'hosts.db') }));
  await hosts.open(
    lane,
    all.map((round) => machine(`i-${round}`)),
  );
  for (const round of all) await hosts.give(lane, `i-${round}`, grant(`runner-${round}`));

  // The ledger's file is not there yet: they race for making it as well.
  const gains = await Promise.all(Array.from({ length: 4 }, () => contend(folder)));

  expect(sorted(gains.flatMap(({ claimed }) => claimed))).toEqual(all);
  expect(sorted(gains.flatMap(({ received }) => received.map(Number)))).toEqual(all);
  expect(sorted(gains.flatMap(({ taken }) => taken))).toEqual(all);
  const table = scratch.closing(sqliteTable({ path: join(folder, 'ledger.db'), clock: manualClock() }));
  const [counts] = await table.get([{ pk: 'counts', sk: 'used' }]);
  expect(counts?.attributes).toEqual({ used: 4 * rounds });
});
