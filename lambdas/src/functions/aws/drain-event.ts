import { MalformedError } from '../../core/errors.ts';
import type { DrainOrder } from '../drain/drain.ts';

/** What Terraform asks about one fleet: that it exists, or that it is taken away. */
export type DrainCall = { readonly kind: 'keep'; readonly fleet: string } | ({ readonly kind: 'drain' } & DrainOrder);

type Fields = Readonly<Record<string, unknown>>;

/** Undefined for an event that is not Terraform's. Throws `MalformedError` for one that cannot be read. */
export function drainCallOf(event: unknown): DrainCall | undefined {
  const { tf, fleet, force, limitMinutes } = Object(event) as Fields;
  if (tf === undefined) return undefined;
  const { action } = Object(tf) as Fields;
  if (typeof fleet !== 'string' || fleet === '') {
    throw new MalformedError('Terraform named no fleet: its input must hold {"fleet": "<name>"}.');
  }
  if (action === 'create' || action === 'update') return { kind: 'keep', fleet };
  if (action !== 'delete') {
    throw new MalformedError(`Terraform asked for ${JSON.stringify(action)}, and may ask to create, update or delete.`);
  }
  if (typeof limitMinutes !== 'number' || !(limitMinutes >= 0)) {
    throw new MalformedError('Terraform named no limit: its input must hold {"limitMinutes": <number>}.');
  }
  return { kind: 'drain', fleet, force: force === true, limitSeconds: limitMinutes * 60 };
}
