import {
  type Complain,
  type Field,
  type Fields,
  labelsField,
  queuedAtField,
  repoField,
  required,
  type TraceJob,
} from './trace-job.ts';
import { momentOf } from './trace-values.ts';

/** A job to take, or why it is none to simulate; undefined after a complaint. */
export type GithubJobReading = TraceJob | { readonly leftOut: string } | undefined;

const createdAtField = { ...queuedAtField, name: 'created_at' };
const startedAtField: Field<number> = { name: 'started_at', write: 'the time that GitHub gave it', read: momentOf };
const completedAtField: Field<number> = { ...startedAtField, name: 'completed_at' };

/** Of GitHub's answer to "list jobs for a workflow run", one that lacks a field too. */
export const isGithubJob = (fields: Fields): boolean =>
  !('queued_at' in fields) && ['created_at', 'run_id', 'run_url'].some((name) => name in fields);

/** Reads one job as GitHub lists it. How long it waited there does not count: that is for the simulation to find out. */
export function readGithubJob(fields: Fields, complain: Complain): GithubJobReading {
  const leftOut = whyLeftOut(fields);
  if (leftOut) return { leftOut };

  const createdAt = required(createdAtField, fields, complain);
  const startedAt = required(startedAtField, fields, complain);
  const completedAt = required(completedAtField, fields, complain);
  const labels = required(labelsField, fields, complain);
  const repo = required(repoField, { repo: fields.repo ?? repoIn(fields) }, complain);
  if (createdAt === undefined || startedAt === undefined || completedAt === undefined || !labels || !repo) return;

  const job = { queuedAt: createdAt, labels, repo };
  const lived = (completedAt - createdAt) / 1_000;
  // A re-run of failed jobs lists those that had succeeded again, as new ones with their old times.
  if (lived < 0) return { leftOut: 'ended before it was created, as one that a re-run took over' };
  if (neverRan(fields)) {
    // Had it found a runner, it would have run until it was cancelled.
    return { ...job, durationSeconds: Math.max(1, lived), cancelAfterSeconds: lived };
  }
  if (startedAt < createdAt) return { leftOut: 'started before it was created' };
  if (completedAt < startedAt) return { leftOut: 'ended before it started' };
  return { ...job, durationSeconds: Math.max(1, (completedAt - startedAt) / 1_000) };
}

function whyLeftOut({ labels, conclusion, started_at, completed_at }: Fields): string | undefined {
  if (Array.isArray(labels) && labels.length === 0) return 'has no labels, as one that only calls another workflow';
  if (conclusion === 'skipped') return 'was skipped';
  if (!completed_at) return 'had not ended';
  if (!started_at) return 'never started';
  return undefined;
}

/** GitHub gives a job that was cancelled while it waited all times, but no runner. */
const neverRan = ({ conclusion, runner_name }: Fields): boolean =>
  conclusion !== 'success' && (runner_name === null || runner_name === '');

/** From its addresses, as the answer has no field for it. */
function repoIn({ run_url, url, html_url }: Fields): string | undefined {
  const inApi = /\/repos\/([^/]+\/[^/]+)\/actions\//;
  const onSite = /^https?:\/\/[^/]+\/([^/]+\/[^/]+)\/(?:actions\/)?runs?\//;
  const found = inApi.exec(String(run_url)) ?? inApi.exec(String(url)) ?? onSite.exec(String(html_url));
  return found?.[1];
}
