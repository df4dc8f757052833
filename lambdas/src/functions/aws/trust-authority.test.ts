import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ConfigError } from '../../core/errors.ts';
import { trustAuthorities } from './trust-authority.ts';

const options = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=forge -addext';

test('a forge whose certificate is of one’s own authority is reached once that is trusted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ci-runners-authority-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const args = [...options.split(' '), 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert];
  execFileSync('openssl', args, { stdio: 'ignore' });
  const pem = readFileSync(cert, 'utf8');
  const server = createServer({ key: readFileSync(key), cert: pem }, (_, answer) => answer.end('here'));
  rmSync(folder, { recursive: true });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const ask = () =>
    fetch(`https://127.0.0.1:${(server.address() as AddressInfo).port}`, { headers: { connection: 'close' } });
  try {
    await expect(ask()).rejects.toThrow('fetch failed');
    trustAuthorities(pem);
    expect(await (await ask()).text()).toBe('here');
  } finally {
    server.close();
  }
});

test.each([undefined, '', '\n'])('%j changes nothing', (pem) => {
  expect(() => trustAuthorities(pem)).not.toThrow();
});

test.each(['not a certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
  '%j is refused with a sentence',
  (pem) => {
    expect(() => trustAuthorities(pem)).toThrow(ConfigError);
    expect(() => trustAuthorities(pem)).toThrow('CA_CERTIFICATES: must hold certificates as PEM');
  },
);
