import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from './bare-environment.ts';
import type { Certificate } from './certificate.ts';
import type { Engine } from './engine.ts';
import { type ServerProcess, startServer } from './server-process.ts';

export interface MinistackOptions {
  /** Where it listens, and its own account: an unsigned webhook is looked up there alone. */
  readonly engine: Engine;
  readonly isGuarded?: boolean;
  readonly certificate?: Certificate;
  /** Its functions inherit it. */
  readonly environment: Readonly<Record<string, string>>;
}

const lambdas = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Its functions run on the first `node` of PATH, whatever runtime they ask for, and inherit its whole environment. */
export async function startMinistack(options: MinistackOptions): Promise<ServerProcess> {
  const command = join(lambdas, '.venv/bin/ministack');
  if (!existsSync(command)) throw new Error("MiniStack is not installed: start these tests by 'make e2e'.");
  // Functions' code is unpacked there; they must not find a package.json of ours above.
  const folder = mkdtempSync(join(tmpdir(), 'ci-runners-engine-'));
  const clean = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const url = `${options.engine.url}/_ministack/health`;
    const server = await startServer({ command, args: [], env: environmentOf(options, folder), url });
    return { stop: () => server.stop().finally(clean) };
  } catch (error) {
    clean();
    throw error;
  }
}

function environmentOf({ engine, isGuarded = false, certificate, environment }: MinistackOptions, folder: string) {
  const { url, account, region, credentials } = engine;
  return {
    ...bareEnvironment(),
    PATH: `${join(lambdas, 'node_modules/node/bin')}:${process.env.PATH}`,
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: new URL(url).port,
    MINISTACK_ACCOUNT_ID: account,
    MINISTACK_REGION: region,
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    TMPDIR: folder,
    // The account's own signature is held against it.
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(isGuarded && { AUTH: 'true' }),
    ...(certificate && {
      USE_SSL: '1',
      MINISTACK_SSL_CERT: certificate.certFile,
      MINISTACK_SSL_KEY: certificate.keyFile,
      NODE_EXTRA_CA_CERTS: certificate.certFile,
    }),
    ...environment,
  };
}
