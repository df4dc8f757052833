import type { Instant } from '../../core/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger.ts';

interface MarkKeeper {
  readonly ledger: Pick<Ledger, 'cursor' | 'saveCursor'>;
  readonly clock: Pick<Clock, 'now'>;
}

const nameOf = (fleet: string): string => `draining/${fleet}`;

/** From now on the fleet launches nothing, until then: a mark that nobody takes back must not close a fleet for ever. */
export const markDraining = ({ ledger }: MarkKeeper, fleet: string, until: Instant): Promise<void> =>
  ledger.saveCursor(nameOf(fleet), String(until));

/** The fleet is wanted, or wanted again. */
export const unmarkDraining = ({ ledger }: MarkKeeper, fleet: string): Promise<void> =>
  ledger.saveCursor(nameOf(fleet), '0');

export const isMarkedDraining = async ({ ledger, clock }: MarkKeeper, fleet: string): Promise<boolean> =>
  clock.now() < Number((await ledger.cursor(nameOf(fleet))) ?? 0);
