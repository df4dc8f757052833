import { createPrivateKey, createPublicKey, verify } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { startAt, testKey } from '../../../../tests/github/scripted-github.ts';
import { manualClock } from '../../clock/manual-clock.ts';
import { appJwt } from './app-jwt.ts';

const key = createPrivateKey(testKey);
const part = (jwt: string, index: number) =>
  JSON.parse(Buffer.from(jwt.split('.')[index] ?? '', 'base64url').toString('utf8'));

test('two tokens of the same second differ', async () => {
  const make = appJwt(7, key, manualClock({ start: startAt }));
  const [one, two] = [await make(7), await make(7)];
  expect(one.jwt).not.toBe(two.jwt);
  expect(part(one.jwt, 1).jti).not.toBe(part(two.jwt, 1).jti);
  expect(part(one.jwt, 1).iat).toBe(part(two.jwt, 1).iat);
});

test('a token is signed by the key of its App, and lives less than the ten minutes that GitHub allows', async () => {
  const { jwt, expiresAt } = await appJwt(7, key, manualClock({ start: startAt }))(7);
  const [header, claims, signature] = jwt.split('.');
  const signed = Buffer.from(`${header}.${claims}`);
  expect(verify('RSA-SHA256', signed, createPublicKey(key), Buffer.from(signature ?? '', 'base64url'))).toBe(true);
  expect(part(jwt, 0)).toEqual({ alg: 'RS256', typ: 'JWT' });
  const { iss, iat, exp } = part(jwt, 1);
  expect({ iss, iat, life: exp - iat }).toEqual({ iss: 7, iat: startAt / 1000 - 30, life: 540 });
  expect(Date.parse(expiresAt)).toBe(exp * 1000);
});

test('a clock that differs from that of GitHub is corrected', async () => {
  const { jwt } = await appJwt(7, key, manualClock({ start: startAt }))(7, -120);
  expect(part(jwt, 1).iat).toBe(startAt / 1000 - 150);
});
