import * as v from 'valibot';
import { MalformedError } from '../../../core/errors.ts';
import type { ForgeEvent, MissedEvent } from '../../../ports/forge.ts';
import { readAs } from '../strict-reading.ts';
import type { AppClient } from './app-client.ts';
import { cursorOf, type DeliveryPlace, type DeliveryPlaces, placesOf } from './delivery-cursor.ts';
import { type DeliveryAttempt, deliveryWindow } from './delivery-window.ts';
import type { GithubState } from './github-state.ts';
import { eventOf } from './parse-webhook.ts';

const detailSchema = v.object({ request: v.object({ payload: v.unknown() }) });
const start: DeliveryPlace = { seen: [], parts: [] };

/**
 * GitHub does not repeat a delivery that failed, but keeps its payload: it is read rather than sent again, which works
 * while our endpoint is down. The cursor moves past each event only when the next one is asked for.
 */
export async function* missedEvents(state: GithubState, cursor: string | undefined): AsyncGenerator<MissedEvent> {
  const known = placesOf(cursor);
  let places: DeliveryPlaces = Object.fromEntries(state.apps.map(({ name }) => [name, known[name] ?? start]));
  const windows = await Promise.all(
    state.apps.map(async (app) => {
      const place = places[app.name] ?? start;
      return { app, ...(await deliveryWindow(app, place, state.deliveryPagesLimit, state.clock.now())) };
    }),
  );

  const missed = windows.flatMap(({ app, missed: attempts }) => attempts.map((attempt) => ({ app, attempt })));
  missed.sort((a, b) => a.attempt.delivered_at - b.attempt.delivered_at);
  for (const { app, attempt } of missed) {
    const event = await eventBehind(state, app, attempt);
    const place = places[app.name] ?? start;
    places = { ...places, [app.name]: { ...place, seen: [...place.seen, attempt.id] } };
    yield { ...(event && { event }), cursor: cursorOf(places) };
  }

  const end = cursorOf(Object.fromEntries(windows.map(({ app, after }) => [app.name, after])));
  if (end !== cursor) yield { cursor: end };
}

/** Undefined: there is nothing to read, now or later; one such delivery must not hold up those behind it. */
async function eventBehind(
  { log }: GithubState,
  app: AppClient,
  attempt: DeliveryAttempt,
): Promise<ForgeEvent | undefined> {
  const route = 'GET /app/hook/deliveries/{delivery_id}';
  const { status, data } = await app.asApp(route, { delivery_id: attempt.id }, [404]);
  if (status === 404) return undefined;
  try {
    const { request } = readAs(detailSchema, data, 'The delivery');
    return eventOf(attempt.event, attempt.guid, request.payload);
  } catch (thrown) {
    if (!(thrown instanceof MalformedError)) throw thrown;
    log.warn('A missed event cannot be read', { app: app.name, delivery: attempt.guid, reason: thrown.message });
    return undefined;
  }
}
