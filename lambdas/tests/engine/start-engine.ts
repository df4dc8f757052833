import type { Engine } from './engine.ts';
import { freePort } from './free-port.ts';
import type { ServerProcess } from './server-process.ts';
import { startMinistack } from './start-ministack.ts';
import { startMoto } from './start-moto.ts';

/** Servers in front of the engine, which its functions call in its place. */
export interface Front {
  /** For MiniStack's environment: `AWS_ENDPOINT_URL_EC2`. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export interface EngineOptions {
  /** Started between moto and MiniStack, whose address is known by then. */
  readonly front?: (engine: Engine) => Promise<Front>;
}

export interface StartedEngine {
  readonly engine: Engine;
  stop(): Promise<void>;
}

/** Twelve digits in place of a key stand for that account, in MiniStack as in moto. */
const account = '111111111111';
const region = 'eu-west-1';

/** MiniStack in its own Python environment, and moto for EC2, on free ports of the loopback. */
export async function startEngine({ front }: EngineOptions = {}): Promise<StartedEngine> {
  const started: Pick<ServerProcess, 'stop'>[] = [];
  const stop = async (): Promise<void> => {
    for (const server of started.reverse()) await server.stop();
  };
  try {
    const moto = await startMoto();
    started.push(moto.server);
    const port = await freePort();
    const engine: Engine = {
      url: `http://127.0.0.1:${port}`,
      motoUrl: moto.url,
      region,
      account,
      credentials: { accessKeyId: account, secretAccessKey: 'secret-of-the-engine' },
    };
    const before = await front?.(engine);
    if (before) started.push(before);
    started.push(await startMinistack({ port, account, region, environment: before?.environment ?? {} }));
    return { engine, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
