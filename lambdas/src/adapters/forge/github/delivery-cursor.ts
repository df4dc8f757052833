import * as v from 'valibot';
import { MalformedError } from '../../../core/errors.ts';
import { readAs } from '../strict-reading.ts';

const id = v.pipe(v.string(), v.digits());

const placeSchema = v.object({
  /** Every delivery up to this one is dealt with. */
  done: v.optional(id),
  /** Later ones that were handed out already; the newest are looked at again, as slow ones are listed late. */
  seen: v.optional(v.array(id), []),
  /** Where parts of the list begin that were too long to be read to their end; the oldest part is last. */
  parts: v.optional(v.array(v.string()), []),
});

/** How far the deliveries of one App are dealt with. */
export type DeliveryPlace = Readonly<v.InferOutput<typeof placeSchema>>;

/** By the App's name. */
export type DeliveryPlaces = Readonly<Record<string, DeliveryPlace>>;

export const cursorOf = (places: DeliveryPlaces): string => JSON.stringify(places);

/** Throws `MalformedError` for a text that is no cursor of ours: reading on from a guess would skip events. */
export function placesOf(cursor: string | undefined): DeliveryPlaces {
  if (cursor === undefined) return {};
  return readAs(v.record(v.string(), placeSchema), parsed(cursor), 'The cursor of missed events');
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(cursor);
  } catch (cause) {
    throw new MalformedError('The cursor of missed events is not JSON', { cause });
  }
}
