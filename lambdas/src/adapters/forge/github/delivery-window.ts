import * as v from 'valibot';
import { after, type Instant } from '../../../core/instant.ts';
import { readAs } from '../strict-reading.ts';
import type { AppClient } from './app-client.ts';
import type { DeliveryPlace } from './delivery-cursor.ts';
import { onePage } from './pages.ts';

/** GitHub keeps them three days. */
const keptSeconds = 3 * 86_400;
/** A delivery is listed when its attempt ended, up to 30 s after it began, and maybe behind later ones. */
const lateSeconds = 60;
/** Parts of a list that is too long; beyond that the oldest are given up. */
const partsLimit = 100;

const deliveriesSchema = v.array(
  v.object({
    // Past 2^53 these come as bigint.
    id: v.pipe(v.union([v.number(), v.bigint()]), v.transform(String)),
    guid: v.string(),
    delivered_at: v.pipe(
      v.string(),
      v.transform(Date.parse),
      v.check((at) => !Number.isNaN(at)),
    ),
    status_code: v.number(),
    event: v.string(),
  }),
);

export type DeliveryAttempt = Readonly<v.InferOutput<typeof deliveriesSchema>[number]>;

/** A part of the list, as far down as there is anything new. */
export interface DeliveryWindow {
  /** Oldest first, one for each event that no attempt of the window delivered. */
  readonly missed: readonly DeliveryAttempt[];
  /** The place once all of these are dealt with. */
  readonly after: DeliveryPlace;
}

const older = (a: { readonly id: string }, b: { readonly id: string }): number =>
  BigInt(a.id) < BigInt(b.id) ? -1 : 1;
const isPast = (attempt: DeliveryAttempt, done: string | undefined): boolean =>
  done === undefined || BigInt(attempt.id) > BigInt(done);
const isDelivered = ({ status_code: status }: DeliveryAttempt): boolean => status >= 200 && status < 300;

/**
 * The list begins with the newest, events are wanted oldest first. So it is read down to what is known; where that is
 * too far for one call, the rest is left as a part for the next one, and the parts are dealt with from the oldest up.
 */
export async function deliveryWindow(
  app: AppClient,
  place: DeliveryPlace,
  pagesLimit: number,
  now: Instant,
): Promise<DeliveryWindow> {
  const oldestAt = after(now, -keptSeconds);
  const start = place.parts.at(-1);
  const attempts: DeliveryAttempt[] = [];
  const nexts: string[] = [];
  for (let page = 0; page < pagesLimit; page++) {
    const cursor = nexts.at(-1) ?? start;
    const read = await onePage(app.asApp, 'GET /app/hook/deliveries', cursor ? { cursor } : {}, [404]);
    // An App without webhook has no deliveries.
    const listed = read.status === 404 ? [] : readAs(deliveriesSchema, read.data, 'The list of deliveries');
    const fresh = listed.filter((attempt) => isPast(attempt, place.done) && attempt.delivered_at >= oldestAt);
    attempts.push(...fresh);
    if (!read.next?.cursor || fresh.length < listed.length) return settled(attempts, place, now);
    nexts.push(read.next.cursor);
  }
  if (place.parts.length >= partsLimit) return settled(attempts, place, now);
  return { missed: [], after: { ...place, parts: [...place.parts, ...newParts(start, nexts)] } };
}

/**
 * Where what was just read begins, and where to go on. The newest page moves, so the first part begins behind it. The
 * next one begins a page early, so that who returns to the part above meets what was dealt with within one call.
 */
function newParts(start: string | undefined, nexts: readonly string[]): readonly string[] {
  const first = start === undefined ? nexts.slice(0, 1) : [];
  return [...new Set([...first, ...nexts.slice(-2, -1)])];
}

function settled(attempts: readonly DeliveryAttempt[], place: DeliveryPlace, now: Instant): DeliveryWindow {
  const ordered = [...attempts].sort(older);
  const delivered = new Set(ordered.filter(isDelivered).map(({ guid }) => guid));
  const firstOfGuid = new Map([...ordered].reverse().map((attempt) => [attempt.guid, attempt]));
  const missed = [...firstOfGuid.values()]
    .filter((attempt) => attempt.event === 'workflow_job' && !delivered.has(attempt.guid))
    .filter(({ id }) => !place.seen.includes(id))
    .sort(older);
  const old = ordered.filter(({ delivered_at }) => delivered_at <= after(now, -lateSeconds));
  const done = old.at(-1)?.id ?? place.done;
  const seen = [...place.seen, ...missed.map(({ id }) => id)].filter((id) => !done || BigInt(id) > BigInt(done));
  return { missed, after: { ...(done && { done }), seen, parts: place.parts.slice(0, -1) } };
}
