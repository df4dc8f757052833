import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ServerOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Answers anything once it listens. */
  readonly url: string;
}

export interface ServerProcess {
  stop(): Promise<void>;
}

const startLimitSeconds = 60;
const stopLimitSeconds = 10;
const pollSeconds = 0.1;
const keptCharacters = 4000;

/** Starts a server in a process group of its own, and waits until it answers. Stopping ends whatever it started. */
export async function startServer({ command, args, env, url }: ServerOptions): Promise<ServerProcess> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const said = lastWordsOf(child);
  const failed = once(child, 'error').then(([error]) => {
    throw new Error(`${command} could not be started: ${String(error)}`);
  });
  await Promise.race([failed, answering(url, child, said, command)]);
  return { stop: () => stop(child) };
}

async function answering(url: string, child: ChildProcess, said: () => string, command: string): Promise<void> {
  for (let waited = 0; waited < startLimitSeconds; waited += pollSeconds) {
    if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}:\n${said()}`);
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer !== undefined) return;
    await sleep(pollSeconds * 1000);
  }
  await stop(child);
  throw new Error(`${command} did not answer within ${startLimitSeconds} s:\n${said()}`);
}

/** What it printed last, for the error of a start that failed; all of it is read, or the pipe would fill. */
function lastWordsOf(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data) => {
      text = (text + String(data)).slice(-keptCharacters);
    });
  }
  return () => text;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  signal(child, 'SIGTERM');
  const inTime = await Promise.race([ended.then(() => true), sleep(stopLimitSeconds * 1000, false, { ref: false })]);
  // The group, as its own children may have outlived it.
  signal(child, 'SIGKILL');
  if (!inTime) await ended;
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
