import { createHash, randomBytes } from 'node:crypto';
import type { Instant } from '../../core/instant.ts';
import type { Installation } from './accounts.ts';
import type { FakeClock } from './clock.ts';

/** GitHub's, whatever the time scale: clients read it from the answer. */
const tokenLifeSeconds = 3600;

export interface Tokens {
  issue(installation: Installation): { readonly token: string; readonly expiresAt: Instant };
  /** Undefined: unknown, or expired. */
  installationOf(token: string): Installation | undefined;
  /** Notes a JWT that asked for a token. True: it, or its `jti`, asked before. */
  noteJwt(jwt: string): boolean;
}

export function tokens(clock: FakeClock): Tokens {
  const issued = new Map<string, { readonly installation: Installation; readonly expiresAt: Instant }>();
  const seenJwts = new Set<string>();
  return {
    issue(installation) {
      const token = randomToken('ghs_');
      const expiresAt = clock.now() + tokenLifeSeconds * 1000;
      issued.set(token, { installation, expiresAt });
      return { token, expiresAt };
    },
    installationOf(token) {
      const entry = issued.get(token);
      return entry && clock.now() < entry.expiresAt ? entry.installation : undefined;
    },
    noteJwt(jwt) {
      const marks = [createHash('sha256').update(jwt).digest('hex'), ...jtiOf(jwt)];
      const repeated = marks.some((mark) => seenJwts.has(mark));
      for (const mark of marks) seenJwts.add(mark);
      return repeated;
    },
  };
}

/** Looks like GitHub's tokens: a prefix and 36 letters and digits. */
export function randomToken(prefix: string): string {
  const letters = randomBytes(64)
    .toString('base64')
    .replaceAll(/[^A-Za-z0-9]/g, '');
  return `${prefix}${letters.padEnd(36, '0').slice(0, 36)}`;
}

function jtiOf(jwt: string): readonly string[] {
  const claims = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8')) as { jti?: unknown };
  return claims.jti === undefined ? [] : [`jti ${String(claims.jti)}`];
}
