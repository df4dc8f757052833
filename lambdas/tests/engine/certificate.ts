import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** One for the loopback, which nobody trusts who was not told to. */
export interface Certificate {
  readonly certFile: string;
  readonly keyFile: string;
  readonly pem: { readonly cert: string; readonly key: string };
  remove(): void;
}

const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
/** As no authority, it may stand for a server alone. */
const usage = ['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'extendedKeyUsage=serverAuth'];

export function makeCertificate(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'ci-runners-certificate-'));
  const [certFile, keyFile] = [join(folder, 'server.crt'), join(folder, 'server.key')];
  const files = ['-keyout', keyFile, '-out', certFile];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...files, ...subject, ...usage],
    {
      stdio: 'ignore',
    },
  );
  return {
    certFile,
    keyFile,
    pem: { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** From now on, every client of this process takes it. */
export const trustHere = ({ pem }: Certificate): void =>
  setDefaultCACertificates([...getCACertificates('default'), pem.cert]);
