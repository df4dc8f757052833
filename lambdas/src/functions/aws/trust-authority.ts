import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { ConfigError, messageOf } from '../../core/errors.ts';

const certificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Trusts authorities of one's own beside the public ones. `pem`: what `CA_CERTIFICATES` holds; absent: none. */
export function trustAuthorities(pem: string | undefined): void {
  if (pem === undefined || pem.trim() === '') return;
  const certificates = pem.match(certificate) ?? [];
  try {
    if (certificates.length === 0) throw new Error('there is no BEGIN CERTIFICATE in it');
    setDefaultCACertificates([...getCACertificates('default'), ...certificates]);
  } catch (error) {
    throw new ConfigError([`CA_CERTIFICATES: must hold certificates as PEM (${messageOf(error)})`]);
  }
}
