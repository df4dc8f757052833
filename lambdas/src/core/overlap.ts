import type { FleetConfig } from './config.ts';
import { meets } from './owner.ts';

/**
 * Two fleets of which one gets what was meant for the other. `shadowed`: every job that names the later one's labels
 * goes to the earlier. `shared`: the later one's runners may take jobs that were routed to the earlier.
 */
export interface Overlap {
  readonly kind: 'shadowed' | 'shared';
  readonly earlier: string;
  readonly later: string;
}

const within = (inner: FleetConfig, outer: FleetConfig): boolean => {
  const labels = new Set(outer.labels.map((label) => label.toLowerCase()));
  return inner.labels.every((label) => labels.has(label.toLowerCase()));
};

function meet(ones: readonly string[], others: readonly string[]): boolean {
  if (ones.length === 0 || others.length === 0) return true;
  return ones.some((one) => others.some((other) => meets(one, other)));
}

/** Whose jobs the forge may hand to the fleet's runners: an organization's are offered those of all its repositories. */
function reached(fleet: FleetConfig): readonly string[] {
  if (fleet.scope === 'enterprise') return [];
  if (fleet.scope === 'repo') return fleet.owners;
  return fleet.owners.map((owner) => owner.split('/')[0] ?? owner);
}

/** An enterprise's name says nothing of its owners', so between it and them anything may meet. */
const serveTheSame = (one: FleetConfig, other: FleetConfig): boolean =>
  (one.scope === 'enterprise') !== (other.scope === 'enterprise') || meet(one.owners, other.owners);

function overlapOf(earlier: FleetConfig, later: FleetConfig): Overlap['kind'] | undefined {
  if (within(later, earlier) && serveTheSame(earlier, later)) return 'shadowed';
  if (within(earlier, later) && meet(earlier.owners, reached(later))) return 'shared';
  return undefined;
}

/** Every pair of fleets, given in the order in which jobs are offered, of which one may run the other's jobs. */
export function overlaps(fleets: readonly FleetConfig[]): readonly Overlap[] {
  return fleets.flatMap((earlier, place) =>
    fleets.slice(place + 1).flatMap((later) => {
      const kind = overlapOf(earlier, later);
      return kind ? [{ kind, earlier: earlier.name, later: later.name }] : [];
    }),
  );
}

/** One sentence for each thing that is allowed, and probably not meant. */
export function overlapSentence({ kind, earlier, later }: Overlap): string {
  return kind === 'shadowed'
    ? `Jobs for fleet ${later} go to ${earlier}, which has all of its labels and comes first: give ${later} a lower priority number, or a label that ${earlier} lacks.`
    : `Runners of fleet ${later} may take jobs that are meant for ${earlier}, as they have all of its labels: give ${earlier} a label that ${later} lacks.`;
}
