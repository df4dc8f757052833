import type { FleetConfig } from './config.ts';
import type { Job } from './job.ts';
import type { Lane, Scope } from './lane.ts';
import { nearestName } from './nearest.ts';

/** What of a job decides who may run it. */
export type Applicant = Pick<Job, 'labels' | 'ref' | 'owner' | 'enterprise'>;

/** Why a job goes where it goes, for the webhook's answer and for `explain`. */
export interface MatchExplanation {
  /** The fleet that runs it; absent: none. */
  readonly fleet?: string;
  /** One or two sentences. */
  readonly reason: string;
  /** Where none runs it: the fleet that comes closest, the labels that it lacks, and what was probably meant. */
  readonly nearest?: {
    readonly fleet: string;
    readonly missing: readonly string[];
    readonly meant: readonly { readonly label: string; readonly instead: string }[];
  };
}

const lower = (text: string): string => text.toLowerCase();

const labelSet = (fleet: FleetConfig): ReadonlySet<string> => new Set(fleet.labels.map(lower));

/** The forge's own rule: a runner may take a job whose labels it has, all of them, whatever their case. */
const canRun = (labels: readonly string[], fleet: FleetConfig): boolean => {
  const offered = labelSet(fleet);
  return labels.length > 0 && labels.every((label) => offered.has(lower(label)));
};

function serves(fleet: FleetConfig, job: Omit<Applicant, 'labels'>): boolean {
  if (fleet.owners.length === 0) return true;
  const repo = lower(job.ref.repo);
  const names = [repo, lower(job.owner ?? repo.split('/')[0] ?? repo)];
  if (fleet.scope === 'enterprise' && job.enterprise) names.push(lower(job.enterprise));
  return fleet.owners.some((owner) => names.includes(lower(owner)));
}

function scopeOf(fleet: FleetConfig, job: Omit<Applicant, 'labels'>): Scope | undefined {
  const name = { org: job.owner, repo: job.ref.repo, enterprise: job.enterprise }[fleet.scope];
  return name ? `${fleet.scope}:${lower(name)}` : undefined;
}

/** Where a job waits. In lower case, so that one owner is one lane. Undefined where the job has no such owner. */
export function laneFor(fleet: FleetConfig, job: Omit<Applicant, 'labels'>): Lane | undefined {
  const scope = scopeOf(fleet, job);
  return scope && { fleet: fleet.name, scope };
}

/** The first fleet, in the order given, whose runners the forge would let take the job. Without labels: none. */
export function fleetFor(job: Applicant, fleets: readonly FleetConfig[]): FleetConfig | undefined {
  return fleets.find((fleet) => canRun(job.labels, fleet) && serves(fleet, job) && laneFor(fleet, job) !== undefined);
}

/** Whether a job that matches no fleet today is kept, to be matched again when the configuration changes. */
export function selfHosted(labels: readonly string[], fleets: readonly FleetConfig[]): boolean {
  const ours = new Set(['self-hosted', ...fleets.flatMap((fleet) => fleet.labels.map(lower))]);
  return labels.some((label) => ours.has(lower(label)));
}

/** A job that names nothing of ours, such as `ubuntu-latest`: the forge's own machines run it. */
export const hostedByForge = (labels: readonly string[], fleets: readonly FleetConfig[]): boolean =>
  !selfHosted(labels, fleets);

/** Says which fleet runs these labels, or which comes closest. With `job`, its owner and scope count as well. */
export function explainMatch(
  labels: readonly string[],
  fleets: readonly FleetConfig[],
  job?: Omit<Applicant, 'labels'>,
): MatchExplanation {
  if (labels.length === 0) return { reason: 'The job has no labels, and such a job is never ours.' };
  const able = fleets.filter((fleet) => canRun(labels, fleet));
  const fleet = job ? fleetFor({ ...job, labels }, fleets) : able[0];
  const named = labels.join(', ');
  if (fleet) return { fleet: fleet.name, reason: `Fleet ${fleet.name} has every label of: ${named}.` };
  const refused = able[0];
  if (refused && job)
    return { reason: refusal(refused, job), nearest: { fleet: refused.name, missing: [], meant: [] } };
  const nearest = nearestFleet(labels, fleets);
  if (!nearest) return { reason: `No fleet has a label of: ${named}.` };
  const hints = nearest.meant.map(({ label, instead }) => ` Did you mean ${instead} instead of ${label}?`).join('');
  const lack = nearest.missing.join(', ');
  return {
    reason: `No fleet has every label of: ${named}. The nearest, ${nearest.fleet}, lacks ${lack}.${hints}`,
    nearest,
  };
}

function refusal(fleet: FleetConfig, job: Omit<Applicant, 'labels'>): string {
  return serves(fleet, job)
    ? `Fleet ${fleet.name} has every label, but registers per ${fleet.scope}, and the job of ${job.ref.repo} names none.`
    : `Fleet ${fleet.name} has every label, but serves ${fleet.owners.join(', ')} and not ${job.ref.repo}.`;
}

function nearestFleet(labels: readonly string[], fleets: readonly FleetConfig[]): MatchExplanation['nearest'] {
  let best: { readonly near: NonNullable<MatchExplanation['nearest']>; readonly distance: number } | undefined;
  for (const fleet of fleets) {
    const offered = labelSet(fleet);
    const missing = [...new Set(labels)].filter((label) => !offered.has(lower(label)));
    const meant = missing.flatMap((label) => {
      const instead = nearestName(label, fleet.labels);
      return instead ? [{ label, instead }] : [];
    });
    // A fleet that shares nothing is not near; a misspelt label is nearer than a foreign one.
    if (missing.length === new Set(labels).size && meant.length === 0) continue;
    const distance = missing.length - meant.length / 2;
    if (distance < (best?.distance ?? Number.POSITIVE_INFINITY)) {
      best = { near: { fleet: fleet.name, missing, meant }, distance };
    }
  }
  return best?.near;
}
