import type { JobRecord } from './jobs.ts';

/** What the forge tells a listener. */
export type Message =
  | { readonly type: 'job'; readonly jobId: number; readonly name: string; readonly seconds: number }
  | { readonly type: 'cancel'; readonly jobId: number };

/** `gone`: the registration is no more. */
export type PollAnswer = Message | 'nothing' | 'gone';

/** A poll that has not been answered yet. */
export interface HeldPoll {
  answer(answer: PollAnswer): void;
}

export const jobMessage = (job: JobRecord): Message => ({
  type: 'job',
  jobId: job.id,
  name: job.name,
  seconds: job.seconds,
});
export const cancelMessage = (job: JobRecord): Message => ({ type: 'cancel', jobId: job.id });
