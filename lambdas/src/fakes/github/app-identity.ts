import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The GitHub App that the fake knows. */
export interface AppIdentity {
  readonly id: number;
  readonly clientId: string;
  readonly slug: string;
  readonly keyFile: string;
  readonly publicKey: KeyObject;
}

/** The App's private key is made once, and kept: who uses it survives a restart of the fake. */
export function appIdentity(dataFolder: string): AppIdentity {
  const keyFile = path.resolve(dataFolder, 'app-key.pem');
  mkdirSync(dataFolder, { recursive: true });
  const publicKey = createPublicKey(existsSync(keyFile) ? readFileSync(keyFile, 'utf8') : makeKey(keyFile));
  return { id: 1001, clientId: 'Iv23liFakeGithubApp1', slug: 'ci-runners', keyFile, publicKey };
}

function makeKey(keyFile: string): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' });
  writeFileSync(keyFile, pem, { mode: 0o600, flag: 'wx' });
  return pem.toString();
}
