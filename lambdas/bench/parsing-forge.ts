import { generateKeyPairSync } from 'node:crypto';
import { githubForge } from '../src/adapters/forge/github/github-forge.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Forge } from '../src/ports/forge.ts';
import { webhookSecret } from './signed-events.ts';
import { silentLog } from './silent-log.ts';

/** The real adapter, for what it does without a call: verify and parse. */
export function parsingForge(clock: Clock): Forge {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return githubForge({
    url: 'https://github.com',
    apps: [{ id: 1, privateKey: pem }],
    webhookSecrets: [webhookSecret],
    clock,
    log: silentLog,
  });
}
