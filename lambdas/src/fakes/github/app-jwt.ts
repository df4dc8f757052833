import { verify } from 'node:crypto';
import type { Instant } from '../../core/instant.ts';
import type { AppIdentity } from './app-identity.ts';
import { Refusal } from './http/refusal.ts';

/** GitHub takes no token that lives longer. */
const longestLifeSeconds = 600;

/** Throws a 401 as GitHub words it, unless the App signed this and it is valid now. */
export function verifyAppJwt(jwt: string, app: AppIdentity, now: Instant): void {
  const [header = '', payload = '', signature = ''] = jwt.split('.');
  const head = decode(header);
  const claims = decode(payload);
  const signed = Buffer.from(`${header}.${payload}`);
  if (head?.alg !== 'RS256' || !claims || !verify('RSA-SHA256', signed, app.publicKey, fromBase64(signature))) {
    throw new Refusal(401, 'A JSON web token could not be decoded');
  }
  const problem = claimsProblem(claims, app, now / 1000);
  if (problem) throw new Refusal(401, problem);
}

function claimsProblem(claims: Readonly<Record<string, unknown>>, app: AppIdentity, nowSeconds: number): string | null {
  const { iss, iat, exp } = claims;
  if (![app.id, String(app.id), app.clientId].includes(iss as string | number)) return 'Integration not found';
  if (typeof iat !== 'number' || iat > nowSeconds + 60) {
    return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
  }
  if (typeof exp !== 'number' || exp <= nowSeconds) {
    return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
  }
  return exp > nowSeconds + longestLifeSeconds ? "'Expiration time' claim ('exp') is too far in the future" : null;
}

const fromBase64 = (text: string): Buffer => Buffer.from(text, 'base64url');

function decode(part: string): Readonly<Record<string, unknown>> | null {
  try {
    const decoded: unknown = JSON.parse(fromBase64(part).toString('utf8'));
    return typeof decoded === 'object' && decoded !== null ? (decoded as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
