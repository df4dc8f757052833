import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { systemClock } from '../src/adapters/clock/system-clock.ts';
import { sqliteTable } from '../src/adapters/ledger/sqlite-table.ts';
import { tableLedger } from '../src/adapters/ledger/table-ledger.ts';
import { sqliteQueue } from '../src/adapters/queue/sqlite-queue.ts';
import { webhook } from '../src/functions/webhook/webhook.ts';
import { serve } from '../src/local/serve.ts';
import { city } from '../tests/city/city.ts';
import { type Figures, percentile } from './figures.ts';
import { parsingForge } from './parsing-forge.ts';
import type { Sent } from './send-events.ts';
import { silentLog } from './silent-log.ts';

/** The same over HTTP on this machine, with ledger and queue in SQLite files, as `make start` runs it. */
export async function webhookOverHttp(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-webhook-'));
  const clock = systemClock();
  const table = sqliteTable({ path: join(folder, 'ledger.sqlite'), clock });
  const queue = sqliteQueue({ path: join(folder, 'queue.sqlite'), clock, visibilitySeconds: 180, receiveLimit: 10 });
  const { config, timing } = city().world;
  const ledger = tableLedger(table, timing.tombstoneSeconds);
  const world = { config, timing, ledger, queue, clock, forge: parsingForge(clock), log: silentLog };
  const server = await serve({
    port: 0,
    webhook: (request) => webhook(world, request),
    state: () => Promise.reject(new Error('Nobody looks at the page.')),
    log: silentLog,
  });
  try {
    const { milliseconds, seconds } = await sendAll(`${server.url}/webhook`);
    return {
      handledPerSecond: milliseconds.length / seconds,
      p50Milliseconds: percentile(milliseconds, 50),
      p99Milliseconds: percentile(milliseconds, 99),
    };
  } finally {
    await server.stop();
    for (const store of [table, queue]) store[Symbol.dispose]();
    rmSync(folder, { recursive: true });
  }
}

/** From another thread, so that the sender's work is not counted as the server's. */
function sendAll(url: string): Promise<Sent> {
  const worker = new Worker(new URL('./send-events.ts', import.meta.url), { workerData: url });
  return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
}
