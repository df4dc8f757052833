import { after } from '../../core/instant.ts';
import type { Job } from '../../core/job.ts';
import type { ForgeEvent, MissedEvent, WebhookRequest } from '../../ports/forge.ts';
import type { Chance } from '../engine/chance.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';
import type { Fact } from '../facts.ts';
import type { DeliveryFate } from './troubles.ts';

/** What the forge sends about its jobs, and what it remembers of what did not arrive. */
export interface Deliveries {
  announce(job: Job): void;
  /** Of the request that it made itself. */
  parse(request: WebhookRequest): ForgeEvent;
  missedSince(cursor: string | undefined): readonly MissedEvent[];
}

export interface DeliveriesOptions {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly tell: (fact: Fact) => void;
  readonly fateOf: (job: Job) => DeliveryFate | undefined;
  /** Our endpoint: its status, or nothing in ten seconds. */
  readonly post: (request: WebhookRequest) => Promise<number>;
}

/** Public figures of GitHub's own delay: median 2 s (facts of a provider that publishes them). */
const medianSeconds = 1.5;
/** GitHub keeps failed deliveries for three days, and tells of them when asked. */
const keptSeconds = 3 * 86_400;
const actions = { blocked: 'waiting', queued: 'queued', running: 'in_progress', done: 'completed' } as const;

export function deliveries({ time, chance, tell, fateOf, post }: DeliveriesOptions): Deliveries {
  const underway = new Map<string, Job>();
  let missed: { readonly at: number; readonly number: number; readonly event: ForgeEvent }[] = [];
  let sent = 0;
  let failed = 0;

  const eventOf = (id: string, job: Job): ForgeEvent => ({
    type: 'job',
    deliveryId: id,
    action: actions[job.state],
    job,
  });

  const deliver = async (job: Job, again: boolean): Promise<void> => {
    const id = `delivery-${++sent}`;
    underway.set(id, job);
    const status = await post({ headers: { 'x-github-delivery': id }, rawBody: new Uint8Array() });
    underway.delete(id);
    tell({ kind: 'delivery', job: job.key, state: job.state, status, again });
    if (status >= 200 && status < 300) return;
    missed.push({ at: time.now(), number: ++failed, event: eventOf(id, job) });
  };
  const later = (seconds: number, job: Job, again: boolean): void =>
    time.at(after(time.now(), seconds), () => void deliver(job, again));

  return {
    announce(job) {
      const fate = fateOf(job);
      if (fate?.lost) return tell({ kind: 'delivery', job: job.key, state: job.state, status: 'lost', again: false });
      const seconds = chance.lognormal(medianSeconds, 0.5) + (fate?.delaySeconds ?? 0);
      later(seconds, job, false);
      for (const more of fate?.againAfterSeconds ?? []) later(seconds + more, job, true);
    },
    parse({ headers }) {
      const id = headers['x-github-delivery'] ?? '';
      const job = underway.get(id);
      if (job === undefined) throw new Error(`Delivery ${id} is not one that was sent.`);
      return eventOf(id, job);
    },
    missedSince(cursor) {
      const kept = time.now() - keptSeconds * 1000;
      if (missed[0] !== undefined && missed[0].at < kept) missed = missed.filter(({ at }) => at >= kept);
      const from = cursor === undefined ? 0 : Number(cursor);
      return missed
        .filter(({ number }) => number > from)
        .map(({ event, number }) => ({ event, cursor: String(number) }));
    },
  };
}
