import { createHmac, timingSafeEqual } from 'node:crypto';
import { BadSignatureError, ConfigError } from '../../core/errors.ts';

/** 64 lower-case hex digits and nothing else: what forges send, so that anything else is somebody else. */
const form = /^sha256=([0-9a-f]{64})$/;

const digestOf = (secret: string, rawBody: Uint8Array): Buffer => createHmac('sha256', secret).update(rawBody).digest();

/** The `X-Hub-Signature-256` that a forge puts on this body. */
export const signatureOf = (secret: string, rawBody: Uint8Array): string =>
  `sha256=${digestOf(secret, rawBody).toString('hex')}`;

/** The problems of the configured secrets, empty if there are none. An empty secret would accept everybody. */
export const secretProblems = (secrets: readonly string[]): readonly string[] =>
  secrets.length === 0
    ? ['webhookSecrets is empty: give the current secret, and during a rotation the previous one too']
    : secrets.flatMap((secret, i) => (secret === '' ? [`webhookSecrets[${i}] is empty: write a random text`] : []));

/** Refuses secrets with which nothing could be verified. */
export function assertSecrets(secrets: readonly string[]): void {
  const problems = secretProblems(secrets);
  if (problems.length > 0) throw new ConfigError(problems);
}

/** Throws `BadSignatureError` unless one of the secrets signed exactly this body. */
export function verifySignature(secrets: readonly string[], header: string | undefined, rawBody: Uint8Array): void {
  if (!header) throw new BadSignatureError('The delivery is not signed: X-Hub-Signature-256 is missing');
  const hex = form.exec(header)?.[1];
  if (!hex) throw new BadSignatureError('X-Hub-Signature-256 is not "sha256=" and 64 lower-case hex digits');

  const claimed = Buffer.from(hex, 'hex');
  // Every secret is tried, so that the time tells nothing about which one, if any, was right.
  const matches = secrets.filter((secret) => secret !== '').map((s) => timingSafeEqual(digestOf(s, rawBody), claimed));
  if (!matches.includes(true)) throw new BadSignatureError('X-Hub-Signature-256 was made with another secret or body');
}
