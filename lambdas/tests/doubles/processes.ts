import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { viewProcesses, workingIn } from '../../src/adapters/process/process-view.ts';
import { after } from '../../src/core/instant.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** A folder for a test's processes; disposing of it ends all that still work below it. */
export interface ProcessFolder {
  readonly path: string;
  [Symbol.dispose](): void;
}

export function processFolder(): ProcessFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'ci-runners-')));
  return {
    path,
    [Symbol.dispose]: () => {
      for (const { pid } of workingIn(viewProcesses(), path)) process.kill(pid, 'SIGKILL');
      rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    },
  };
}

/** Waits for what must come true, and says what did not. */
export async function until(fact: string, isTrue: () => boolean | Promise<boolean>, limitSeconds = 15): Promise<void> {
  const deadline = Date.now() + limitSeconds * 1000;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`not within ${limitSeconds} s: ${fact}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Every file below, with its mode and text. */
export const filesBelow = (folder: string): readonly { path: string; mode: number; text: string }[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ path, mode: statSync(path).mode & 0o777, text: readFileSync(path, 'utf8') }));

/** `sleep` under another name, as GitHub's listener starts `Runner.Worker`. */
export const workerScript = '(exec -a Runner.Worker sleep 600) &';

/** Real time, as real processes need, but it can be told to have moved on. */
export interface SkippingClock extends Clock {
  skip(seconds: number): void;
}

export function skippingClock(): SkippingClock {
  let skippedSeconds = 0;
  return {
    now: () => after(Date.now(), skippedSeconds),
    sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
    fraction: () => 0.5,
    id: randomUUID,
    skip: (seconds) => {
      skippedSeconds += seconds;
    },
  };
}
