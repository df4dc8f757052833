import { spawn } from 'node:child_process';

/** The process in which a job runs. */
export interface Worker {
  /** False: it was ended before it was done. */
  readonly done: Promise<boolean>;
  kill(): void;
}

/** A job is to wait so long. The process table shows it under the name that GitHub's worker has. */
export function startWorker(seconds: number): Worker {
  // In the runner's own process group, so that who ends the machine ends the job with it.
  const child = spawn('sleep', [String(seconds)], { argv0: 'Runner.Worker', stdio: 'ignore' });
  const done = new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
  return { done, kill: () => void child.kill('SIGKILL') };
}
