import type { Forge } from '../../../ports/forge.ts';
import { assertSecrets } from '../signature.ts';
import { parseWebhook } from './parse-webhook.ts';

/** GitHub as far as it only tells us something: no App, no key, no call. */
export function githubWebhooks(secrets: readonly string[]): Pick<Forge, 'parseWebhook'> {
  assertSecrets(secrets);
  return { parseWebhook: (request) => parseWebhook(secrets, request) };
}
