import { execFile } from 'node:child_process';

/** Programs of the system that are started and waited for. */
export interface Commands {
  /** What it printed. Throws, with what it complained of, when it fails or takes longer. */
  run(argv: readonly string[], limitSeconds: number): Promise<string>;
}

export function systemCommands(): Commands {
  return {
    run: ([file = '', ...args], limitSeconds) =>
      new Promise((resolve, reject) => {
        const limits = { timeout: limitSeconds * 1000, killSignal: 'SIGKILL', maxBuffer: 1024 * 1024 } as const;
        execFile(file, args, limits, (error, stdout, stderr) => {
          if (!error) return resolve(stdout);
          const why = error.killed ? `not done within ${limitSeconds} s` : stderr.trim() || error.message;
          reject(new Error(`${file}: ${why}`));
        });
      }),
  };
}
