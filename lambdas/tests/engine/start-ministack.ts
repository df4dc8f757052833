import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from './bare-environment.ts';
import { type ServerProcess, startServer } from './server-process.ts';

export interface MinistackOptions {
  readonly port: number;
  /** Its own account: an unsigned webhook is looked up there alone. */
  readonly account: string;
  readonly region: string;
  /** Its functions inherit it. */
  readonly environment: Readonly<Record<string, string>>;
}

const lambdas = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Its functions run on the first `node` of PATH, whatever runtime they ask for, and inherit its whole environment. */
export async function startMinistack({ port, account, region, environment }: MinistackOptions): Promise<ServerProcess> {
  const command = join(lambdas, '.venv/bin/ministack');
  if (!existsSync(command)) throw new Error("MiniStack is not installed: start these tests by 'make e2e'.");
  // Functions' code is unpacked there; they must not find a package.json of ours above.
  const folder = mkdtempSync(join(tmpdir(), 'ci-runners-engine-'));
  const env = {
    ...bareEnvironment(),
    PATH: `${join(lambdas, 'node_modules/node/bin')}:${process.env.PATH}`,
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_HOST: '127.0.0.1',
    MINISTACK_ACCOUNT_ID: account,
    MINISTACK_REGION: region,
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    TMPDIR: folder,
    ...environment,
  };
  const clean = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const url = `http://127.0.0.1:${port}/_ministack/health`;
    const server = await startServer({ command, args: [], env, url });
    return { stop: () => server.stop().finally(clean) };
  } catch (error) {
    clean();
    throw error;
  }
}
