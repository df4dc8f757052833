import { messageOf } from '../../core/errors.ts';
import type { Gathering } from './gathering.ts';
import { isGithubJob, readGithubJob } from './github-job.ts';
import { documentsIn } from './json-documents.ts';
import { type Complain, type Fields, quoted, readTraceJob, requiredFields, type TraceJob } from './trace-job.ts';

/** Lists of pages of jobs. */
const depthLimit = 3;

/** The engine's message tells the place at its end. */
const whyLengthLimit = 200;

const expected =
  'write { "queued_at": …, "duration_s": …, "labels": [ … ], "repo": "owner/name" }, or what GitHub answers to GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs.';

/** Reads jobs, or pages of them, of either kind. */
export function readJson(text: string, gathering: Gathering): void {
  const length = text.trim().length;
  const readJob = jobReader(gathering);

  const read = (value: unknown, place: string, depth: number): void => {
    const jobs = jobsIn(value);
    if (jobs === undefined) readJob(value, place || 'line 1');
    else if (depth === depthLimit) gathering.complain(place, `these lists are nested too deep; ${expected}`);
    else for (const [at, job] of jobs.entries()) read(job, `${place}${jobs === value ? '' : 'jobs'}[${at}]`, depth + 1);
  };

  for (const document of documentsIn(text)) {
    const line = `line ${document.line}`;
    const { value, why } = parsed(document.text);
    if (why) gathering.complain(line, `this is not JSON; correct it: ${why}`);
    else read(value, document.text.length === length ? '' : `${line} `, 0);
  }
}

function jobReader(gathering: Gathering): (value: unknown, place: string) => void {
  const ids = new Set<unknown>();
  /** Pages that were asked for one after the other overlap where the list grew meanwhile. */
  const isAgain = ({ id }: Fields): boolean => id !== undefined && ids.size === ids.add(id).size;

  const readFields = (fields: Fields, complain: Complain): TraceJob | undefined => {
    if (!isGithubJob(fields)) return readTraceJob(fields, complain);
    const reading = readGithubJob(fields, complain);
    // Asked last: a job that had not ended on one page may have on the next.
    if (reading && !('leftOut' in reading) && !isAgain(fields)) return reading;
    if (reading) gathering.leaveOut('leftOut' in reading ? reading.leftOut : 'is there twice');
    return undefined;
  };

  return (value, place) => {
    const complain = (sentence: string) => gathering.complain(place.trim(), sentence);
    if (!isJob(value)) return complain(`${quoted(value)} is no job; ${expected}`);
    const job = readFields(value, complain);
    if (job) gathering.take(job, place.trim());
  };
}

function parsed(text: string): { readonly value?: unknown; readonly why?: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { why: quoted(messageOf(error), whyLengthLimit) };
  }
}

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const isJob = (value: unknown): value is Fields =>
  isObject(value) && (isGithubJob(value) || requiredFields.some(({ name }) => name in value));

function jobsIn(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  return isObject(value) && Array.isArray(value.jobs) ? value.jobs : undefined;
}
