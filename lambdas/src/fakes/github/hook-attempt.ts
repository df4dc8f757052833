import type { FakeClock } from './clock.ts';
import type { Delivery } from './deliveries.ts';
import type { Durations } from './durations.ts';
import type { HookConfig, HookEvent } from './hook.ts';
import { signatureOf } from './signature.ts';

export interface Attempt extends HookEvent {
  readonly guid: string;
  readonly redelivery: boolean;
}

export interface AttemptParts {
  readonly clock: FakeClock;
  readonly durations: Durations;
  readonly appId: number;
  readonly config: HookConfig;
  readonly stopped: AbortSignal;
}

type Outcome = Pick<Delivery, 'status' | 'statusCode' | 'response'>;

const hookId = 109_948_940;
const noResponse = { headers: {}, payload: '' };
const timedOut: Outcome = { status: 'timed out', statusCode: 504, response: noResponse };
const refused: Outcome = { status: 'failed to connect to host', statusCode: 502, response: noResponse };
const responseLimit = 10_000;

/** Makes the attempt. Never throws, as a failed attempt is a result. */
export async function post(parts: AttemptParts, attempt: Attempt): Promise<Omit<Delivery, 'id'>> {
  const startedAt = parts.clock.now();
  const limit = AbortSignal.timeout(parts.durations.deliveryLimitSeconds * 1000);
  const outcome = await exchange(parts, attempt, AbortSignal.any([limit, parts.stopped])).catch(() =>
    limit.aborted ? timedOut : refused,
  );
  const durationSeconds = (parts.clock.now() - startedAt) / 1000;
  return recordOf(parts, attempt, { ...outcome, deliveredAt: startedAt, durationSeconds });
}

/** The record of an attempt that did not get as far as the receiver. */
export function unreached(parts: AttemptParts, attempt: Attempt): Omit<Delivery, 'id'> {
  return recordOf(parts, attempt, { ...refused, deliveredAt: parts.clock.now(), durationSeconds: 0 });
}

async function exchange(parts: AttemptParts, attempt: Attempt, signal: AbortSignal): Promise<Outcome> {
  const body = JSON.stringify(attempt.payload);
  const headers = { ...headersOf(parts, attempt), 'X-Hub-Signature-256': signatureOf(body, parts.config.secret) };
  const response = await fetch(parts.config.url ?? '', { method: 'POST', redirect: 'manual', headers, body, signal });
  const payload = (await response.text()).slice(0, responseLimit);
  return {
    status: response.ok ? 'OK' : response.statusText,
    statusCode: response.status,
    response: { headers: Object.fromEntries(response.headers), payload },
  };
}

function headersOf(parts: AttemptParts, attempt: Attempt): Readonly<Record<string, string>> {
  return {
    Accept: '*/*',
    'Content-Type': 'application/json',
    'User-Agent': 'GitHub-Hookshot/fa4e1a9',
    'X-GitHub-Delivery': attempt.guid,
    'X-GitHub-Event': attempt.event,
    'X-GitHub-Hook-ID': String(hookId),
    'X-GitHub-Hook-Installation-Target-ID': String(parts.appId),
    'X-GitHub-Hook-Installation-Target-Type': 'integration',
  };
}

function recordOf(
  parts: AttemptParts,
  attempt: Attempt,
  outcome: Outcome & Pick<Delivery, 'deliveredAt' | 'durationSeconds'>,
): Omit<Delivery, 'id'> {
  const { payload, ...event } = attempt;
  const request = { headers: headersOf(parts, attempt), payload };
  return { ...event, ...outcome, url: parts.config.url ?? '', request };
}
