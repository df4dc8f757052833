import { type KeyObject, sign } from 'node:crypto';
import { after, type Instant } from '../../../core/instant.ts';
import type { Clock } from '../../../ports/clock.ts';

/** GitHub refuses a JWT from its future: clocks differ. */
const skewSeconds = 30;
/** GitHub refuses more than ten minutes. */
const lifeSeconds = 540;

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const epochSeconds = (at: Instant): number => Math.floor(at / 1000);

/**
 * Signs what an App proves itself with. The unique `jti` is why this exists: without it two processes in the same
 * second make identical tokens, and GitHub has answered 404 to the second one.
 */
export const appJwt =
  (appId: number, key: KeyObject, clock: Pick<Clock, 'now' | 'id'>) =>
  async (_appId: unknown, timeDifference = 0): Promise<{ jwt: string; expiresAt: string }> => {
    const at = after(clock.now(), timeDifference - skewSeconds);
    const exp = epochSeconds(at) + lifeSeconds;
    const claims = { iat: epochSeconds(at), exp, iss: appId, jti: clock.id() };
    const signed = `${encoded({ alg: 'RS256', typ: 'JWT' })}.${encoded(claims)}`;
    const signature = sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url');
    return { jwt: `${signed}.${signature}`, expiresAt: new Date(exp * 1000).toISOString() };
  };
