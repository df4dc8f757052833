import { BadSignatureError, MalformedError, messageOf } from '../../core/errors.ts';
import type { Job } from '../../core/job.ts';
import { areWithinLimits, labelLengthLimit, labelsLimit } from '../../core/label-limits.ts';
import { laneKey } from '../../core/lane.ts';
import { explainMatch } from '../../core/match.ts';
import type { ForgeEvent, WebhookRequest } from '../../ports/forge.ts';
import { isAllowed } from '../allow-list.ts';
import { recordJob } from '../record-job.ts';
import type { World } from '../world.ts';
import { requestDelaySeconds } from './request-delay.ts';

/** Never a stack trace, never a queue's address: the forge shows it to whoever may read its deliveries. */
export interface WebhookAnswer {
  readonly status: 200 | 201 | 202 | 400 | 401 | 403 | 413 | 503;
  readonly body: Readonly<Record<string, unknown>>;
}

/** API Gateway's own limit. GitHub sends at most 25 MB, and a `workflow_job` is some 20 KB. */
export const bodyLimitBytes = 10 * 1024 * 1024;

/** All that it asks; of the forge nothing, so that it needs no App's key. */
export interface WebhookWorld extends Pick<World, 'config' | 'timing' | 'ledger' | 'queue' | 'clock' | 'log'> {
  readonly forge: Pick<World['forge'], 'parseWebhook'>;
}

/** Check the size, verify, parse, match, record, send, answer. In that order; nothing else; no forge call. */
export async function webhook(world: WebhookWorld, request: WebhookRequest): Promise<WebhookAnswer> {
  if (request.rawBody.byteLength > bodyLimitBytes) return tooLarge;
  const event = readEvent(world, request);
  if ('status' in event) return event;
  if (event.type === 'other') return { status: 202, body: { reason: event.reason } };
  if (!isAllowed(event.job.ref.repo, world.config.repositoryAllowList)) {
    const reason = 'repository-not-allowed';
    return { status: 403, body: { reason, repository: event.job.ref.repo } };
  }
  try {
    const answer = await answerJob(world, event.job);
    world.log.info('webhook', { delivery: event.deliveryId, job: event.job.key, action: event.action, ...answer });
    return answer;
  } catch (error) {
    // The forge marks this delivery failed, and the sweep finds it among the failed ones.
    world.log.error('A delivery could not be recorded.', { job: event.job.key, reason: messageOf(error) });
    return { status: 503, body: { reason: 'try-again' } };
  }
}

export const tooLarge: WebhookAnswer = {
  status: 413,
  body: { reason: 'body-too-large', limitBytes: bodyLimitBytes },
};

function readEvent(world: WebhookWorld, request: WebhookRequest): ForgeEvent | WebhookAnswer {
  try {
    return world.forge.parseWebhook(request);
  } catch (error) {
    if (error instanceof BadSignatureError) return { status: 401, body: { reason: 'bad-signature' } };
    if (error instanceof MalformedError) return { status: 400, body: { reason: 'malformed', message: error.message } };
    world.log.error('A delivery could not be read.', { reason: messageOf(error) });
    return { status: 400, body: { reason: 'malformed' } };
  }
}

async function answerJob(world: WebhookWorld, job: Job): Promise<WebhookAnswer> {
  const recorded = await recordJob(world, job);
  if (recorded === 'not-ours') return { status: 202, body: notOurs(world, job) };
  const { fleet, lane, state } = recorded;
  if (job.state !== 'queued' || state !== 'queued') {
    return { status: 200, body: { reason: 'recorded', state, fleet: fleet.name } };
  }
  await world.queue.send([{ lane: laneKey(lane), reason: 'job-queued' }], requestDelaySeconds(fleet, world.timing));
  return { status: 201, body: { reason: 'request-sent', fleet: fleet.name } };
}

function notOurs({ config }: WebhookWorld, job: Job): WebhookAnswer['body'] {
  if (!areWithinLimits(job.labels)) {
    const message = `No runner has more than ${labelsLimit} labels, or one of more than ${labelLengthLimit} characters.`;
    return { reason: 'no-fleet-matches', message };
  }
  const { nearest, reason: message } = explainMatch(job.labels, config.fleets, job);
  return { reason: 'no-fleet-matches', message, labels: job.labels, ...(nearest === undefined ? {} : { nearest }) };
}
