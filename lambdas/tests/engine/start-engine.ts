import { type Certificate, trustHere } from './certificate.ts';
import type { Engine } from './engine.ts';
import { freePort } from './free-port.ts';
import type { ServerProcess } from './server-process.ts';
import { startMinistack } from './start-ministack.ts';
import { startMoto } from './start-moto.ts';

/** Servers in front of the engine, which its functions call in its place. */
export interface Front {
  /** Where everybody finds the engine, in place of MiniStack itself. */
  readonly url: string;
  /** For MiniStack's environment: `AWS_ENDPOINT_URL`, `AWS_ENDPOINT_URL_EC2`. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export interface EngineOptions {
  /** Started between moto and MiniStack, whose address is known by then. */
  readonly front?: (engine: Engine) => Promise<Front>;
  /** Every call must be signed, and every function may do what its role's policies allow: IAM is enforced. */
  readonly isGuarded?: boolean;
  /** MiniStack speaks TLS with it, and TLS alone. */
  readonly certificate?: Certificate;
}

export interface StartedEngine {
  readonly engine: Engine;
  stop(): Promise<void>;
}

/** Twelve digits in place of a key stand for that account, in MiniStack as in moto. */
const account = '111111111111';
const region = 'eu-west-1';
/** Of the account itself, which may do anything. */
const secretAccessKey = 'secret-of-the-engine';

/** MiniStack in its own Python environment, and moto for EC2, on free ports of the loopback. */
export async function startEngine(options: EngineOptions = {}): Promise<StartedEngine> {
  const { front, certificate } = options;
  const started: Pick<ServerProcess, 'stop'>[] = [];
  const stop = async (): Promise<void> => {
    for (const server of started.reverse()) await server.stop();
  };
  try {
    const moto = await startMoto(account);
    started.push(moto.server);
    const port = await freePort();
    const engine: Engine = {
      url: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`,
      motoUrl: moto.url,
      region,
      account,
      credentials: { accessKeyId: account, secretAccessKey },
      ...(certificate && { certFile: certificate.certFile }),
    };
    if (certificate) trustHere(certificate);
    const before = await front?.(engine);
    if (before) started.push(before);
    started.push(await startMinistack({ ...options, engine, environment: before?.environment ?? {} }));
    return { engine: { ...engine, url: before?.url ?? engine.url }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
