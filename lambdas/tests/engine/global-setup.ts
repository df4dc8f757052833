import { announceEngine } from './engine.ts';
import { startEngine } from './start-engine.ts';

declare global {
  var stopEngine: (() => Promise<void>) | undefined;
}

/** Jest's: once for all test files. */
export default async function startForAll(): Promise<void> {
  const { engine, stop } = await startEngine();
  globalThis.stopEngine = stop;
  announceEngine(engine);
}
