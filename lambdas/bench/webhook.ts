import { webhook } from '../src/functions/webhook/webhook.ts';
import { city } from '../tests/city/city.ts';
import { type Figures, percentile } from './figures.ts';
import { parsingForge } from './parsing-forge.ts';
import { signedEvents } from './signed-events.ts';
import { silentLog } from './silent-log.ts';

const warmUpCount = 500;
const eventCount = 4000;

/** The webhook function on memory adapters, one delivery after the other: what a delivery costs of a processor. */
export async function webhookFunction(): Promise<Figures> {
  const town = city();
  let sends = 0;
  const queue: typeof town.queue = {
    ...town.queue,
    send: (requests, delaySeconds) => {
      sends += requests.length;
      return town.queue.send(requests, delaySeconds);
    },
  };
  const world = { ...town.world, queue, forge: parsingForge(town.clock), log: silentLog };
  const events = signedEvents(warmUpCount + eventCount);
  for (const event of events.slice(0, warmUpCount)) await webhook(world, event);

  const before = { ...town.table.counts(), sends };
  const milliseconds: number[] = [];
  const startedAt = performance.now();
  for (const event of events.slice(warmUpCount)) {
    const eventAt = performance.now();
    const { status } = await webhook(world, event);
    if (status !== 201) throw new Error(`A delivery was answered with ${status}.`);
    milliseconds.push(performance.now() - eventAt);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const after = town.table.counts();

  return {
    handledPerSecond: eventCount / seconds,
    p50Milliseconds: percentile(milliseconds, 50),
    p99Milliseconds: percentile(milliseconds, 99),
    ledgerWritesPerEvent: (after.transact - before.transact) / eventCount,
    ledgerReadsPerEvent: (after.get + after.query - before.get - before.query) / eventCount,
    sendsPerEvent: (sends - before.sends) / eventCount,
    bodyBytes: events[0]?.rawBody.byteLength ?? 0,
  };
}
