import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Engine } from './engine.ts';
import { freePort } from './free-port.ts';
import { type ServerProcess, startServer } from './server-process.ts';

export interface EngineOptions {
  /** More environment for MiniStack, which its functions inherit: `AWS_ENDPOINT_URL_EC2`. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface StartedEngine {
  readonly engine: Engine;
  stop(): Promise<void>;
}

const lambdas = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** A set of twelve digits stands for its own account. */
const account = '111111111111';
const region = 'eu-west-1';

/** MiniStack in its own Python environment, and moto for EC2, on free ports of the loopback. */
export async function startEngine({ environment = {} }: EngineOptions = {}): Promise<StartedEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'ci-runners-engine-'));
  const started: ServerProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const moto = await startMoto();
    started.push(moto.server);
    const ministack = await startMinistack(folder, environment);
    started.push(ministack.server);
    const credentials = { accessKeyId: account, secretAccessKey: 'secret-of-the-engine' };
    return { engine: { url: ministack.url, motoUrl: moto.url, region, account, credentials }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Started {
  readonly url: string;
  readonly server: ServerProcess;
}

async function startMoto(): Promise<Started> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = ['-H', '127.0.0.1', '-p', String(port)];
  const server = await startServer({ command: 'moto_server', args, env: bareEnvironment(), url: `${url}/moto-api/` });
  return { url, server };
}

/** Its functions run on the first `node` of PATH, whatever runtime they ask for, and inherit its whole environment. */
async function startMinistack(folder: string, environment: Readonly<Record<string, string>>): Promise<Started> {
  const command = join(lambdas, '.venv/bin/ministack');
  if (!existsSync(command)) throw new Error("MiniStack is not installed: start these tests by 'make e2e'.");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
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
    // Its functions' code is unpacked there; they must not find a package.json of ours above.
    TMPDIR: folder,
    ...environment,
  };
  const server = await startServer({ command, args: [], env, url: `${url}/_ministack/health` });
  return { url, server };
}

/** Neither a real account's credentials nor the test's own Node options. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG } = process.env;
  return { PATH, HOME, LANG };
}
