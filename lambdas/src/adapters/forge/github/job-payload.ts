import * as v from 'valibot';
import { MalformedError } from '../../../core/errors.ts';
import type { Instant } from '../../../core/instant.ts';
import type { Job, JobState } from '../../../core/job.ts';

const text = v.nullish(v.string());

/** Beyond 2^53 a number is no longer the one that was sent: refused rather than rounded. */
const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

const time = v.nullish(
  v.pipe(
    v.string(),
    v.check((value) => !Number.isNaN(Date.parse(value))),
  ),
);

/** The part of a workflow job that webhooks, deliveries and the REST API all have in the same form. */
export const jobSchema = v.object({
  id: wholeNumber,
  run_attempt: v.nullish(wholeNumber, 1),
  status: text,
  conclusion: text,
  labels: v.nullish(v.array(v.string()), []),
  runner_name: text,
  created_at: time,
  started_at: time,
  completed_at: time,
});

export type JobPayload = v.InferOutput<typeof jobSchema>;

const stateByStatus = new Map<string, JobState>([
  ['waiting', 'blocked'],
  ['pending', 'blocked'],
  ['requested', 'blocked'],
  ['queued', 'queued'],
  ['in_progress', 'running'],
  ['completed', 'done'],
]);

/** Undefined: a status that GitHub did not have when this was written. */
export const stateOf = (status: string | null | undefined): JobState | undefined => stateByStatus.get(status ?? '');

/** The state of a job that was read; an unknown one is an error, as it would otherwise read as one that is known. */
export function stateRead(payload: JobPayload): JobState {
  const state = stateOf(payload.status);
  if (!state) throw new MalformedError(`The job ${payload.id}: status is none that is known`);
  return state;
}

/** Unset times come as null, as 1970 or as the year 1. */
function instantOf(value: string | null | undefined): Instant | undefined {
  const at = value ? Date.parse(value) : 0;
  return at > 0 ? at : undefined;
}

export interface JobHome {
  /** As GitHub writes it. */
  readonly repo: string;
  readonly enterprise?: string | undefined;
}

/** The one mapping of GitHub's jobs to ours. */
export function jobOf(payload: JobPayload, state: JobState, home: JobHome): Job {
  const optional = {
    enterprise: home.enterprise,
    // Before a job runs, the name is that of a runner of an earlier attempt.
    runnerName: state === 'running' || state === 'done' ? payload.runner_name || undefined : undefined,
    conclusion: payload.conclusion || undefined,
    queuedAt: instantOf(payload.created_at),
    startedAt: instantOf(payload.started_at),
    doneAt: instantOf(payload.completed_at),
  };
  const present = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return {
    // GitHub compares names without regard to case, so a repository spelt in two ways is one.
    key: `github/${home.repo.toLowerCase()}/${payload.id}`,
    ref: { repo: home.repo, id: String(payload.id), attempt: payload.run_attempt },
    state,
    labels: payload.labels,
    owner: home.repo.slice(0, home.repo.indexOf('/')),
    ...present,
  };
}
