import { type ChildProcess, spawn } from 'node:child_process';
import { until } from '../doubles/processes.ts';

/** A process of ours, with what it printed. */
export interface Running {
  readonly output: () => string;
  readonly errors: () => string;
  /** As a machine that loses power: nothing of it runs on, and nothing is told. */
  kill(): Promise<void>;
  /** As Ctrl-C; resolves to the exit code. */
  stop(): Promise<number | null>;
  /** Resolves to the exit code when it ends by itself. */
  ended(limitSeconds: number): Promise<number | null>;
}

export function run(cwd: string, program: string, args: readonly string[]): Running {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    cwd,
    // Nothing of the test's own: neither its Node options nor its idea of being under test.
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collected(child.stdout);
  const errors = collected(child.stderr);
  const ended = async (limitSeconds: number): Promise<number | null> => {
    await until(`${args.join(' ')} has ended`, () => hasEnded(child), limitSeconds);
    return child.exitCode;
  };
  return {
    output,
    errors,
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended(5);
    },
    stop() {
      child.kill('SIGINT');
      return ended(15);
    },
  };
}

/** Until it printed such a line; answers what stands in its first brackets. */
export async function printed(running: Running, line: RegExp): Promise<string> {
  await until(`${line} was printed; stderr: ${running.errors()}`, () => line.test(running.output()));
  return line.exec(running.output())?.[1] ?? '';
}

function collected(stream: ChildProcess['stdout']): () => string {
  let text = '';
  stream?.on('data', (data) => {
    text += String(data);
  });
  return () => text;
}

/** With all that it printed read. */
const hasEnded = (child: ChildProcess): boolean =>
  (child.exitCode !== null || child.signalCode !== null) &&
  child.stdout?.closed === true &&
  child.stderr?.closed === true;
