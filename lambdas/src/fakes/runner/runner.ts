import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type ForgeConnection, forgeConnection } from './forge-connection.ts';
import { parseJitConfig } from './jit-config.ts';
import { startWorker, type Worker } from './worker.ts';

export interface RunnerOptions {
  /** The JIT configuration, in base64. */
  readonly jitConfig: string;
  print(line: string): void;
  /** Asked to stop: an idle runner leaves, a busy one finishes its job first. */
  readonly stop: AbortSignal;
  /** Asked again: a busy one ends its job. */
  readonly kill: AbortSignal;
}

interface JobMessage {
  readonly type: 'job';
  readonly jobId: number;
  readonly name: string;
  readonly seconds: number;
}

const sessionAttempts = 30;

/** Behaves as GitHub's runner does with a JIT configuration: connects, runs one job, ends. Resolves to the exit code. */
export async function runner(options: RunnerOptions): Promise<number> {
  const config = parseJitConfig(options.jitConfig);
  if (!config) {
    options.print('The JIT configuration cannot be read.');
    return 1;
  }
  const forge = forgeConnection(config);
  try {
    if (!(await connect(forge, options))) return 1;
    const job = await nextJob(forge, options);
    if (job === 'stopped') await forge.call('DELETE', 'session');
    if (typeof job !== 'object') return job === 'stopped' ? 0 : 1;
    await runJob(forge, job, options);
    return 0;
  } catch (error) {
    if (options.stop.aborted) return 0;
    options.print(`Runner listener exit with terminated error: ${(error as Error).message}`);
    return 1;
  }
}

async function connect(forge: ForgeConnection, { print, stop }: RunnerOptions): Promise<boolean> {
  const session = { sessionId: randomUUID(), os: process.platform === 'darwin' ? 'macOS' : 'Linux' };
  for (let attempt = 0; attempt < sessionAttempts; attempt += 1) {
    const { status } = await forge.call('POST', 'session', session, stop);
    if (status === 201) {
      print('√ Connected to GitHub');
      return true;
    }
    if (status !== 409) break;
    // Another listener had this configuration and may be dead: the forge notices after a while.
    await wait(1000, undefined, { signal: stop });
  }
  print('Failed to create a session. The runner registration has been deleted from the server.');
  return false;
}

/** Polls until a job is this runner's. `gone`: the registration was deleted. */
async function nextJob(
  forge: ForgeConnection,
  { print, stop }: RunnerOptions,
): Promise<JobMessage | 'gone' | 'stopped'> {
  print('Listening for Jobs');
  while (!stop.aborted) {
    const reply = await forge.call('GET', 'message', undefined, stop).catch((error: Error) => {
      if (stop.aborted) return null;
      throw error;
    });
    if (reply === null) break;
    const message = reply.body as JobMessage | undefined;
    if (reply.status >= 400) {
      print('The runner registration has been deleted from the server, please re-configure.');
      return 'gone';
    }
    if (message?.type !== 'job') continue;
    const acquired = await forge.call('POST', 'acquire', { jobId: message.jobId });
    if (acquired.status === 200) return message;
  }
  return 'stopped';
}

async function runJob(forge: ForgeConnection, job: JobMessage, { print, kill }: RunnerOptions): Promise<void> {
  print(`Running job: ${job.name}`);
  const worker = startWorker(job.seconds);
  const over = new AbortController();
  const killNow = (): void => worker.kill();
  kill.addEventListener('abort', killNow, { once: true });
  const cancelled = watchForCancel(forge, worker, over.signal);

  const succeeded = await worker.done;
  over.abort();
  const conclusion = succeeded ? 'success' : (await cancelled) ? 'cancelled' : 'failure';
  await forge.call('POST', 'finish', { jobId: job.jobId, conclusion });
  print(`Job ${job.name} completed with result: ${results[conclusion]}`);
}

const results = { success: 'Succeeded', failure: 'Failed', cancelled: 'Canceled' } as const;

/** Polls on while the job runs: the forge sees that the runner lives, and can cancel the job. */
async function watchForCancel(forge: ForgeConnection, worker: Worker, over: AbortSignal): Promise<boolean> {
  while (!over.aborted) {
    const reply = await forge.call('GET', 'message', undefined, over).catch(() => null);
    // The forge is away for good, or has given the job up: it is finished all the same.
    if (reply === null || reply.status >= 400) return false;
    if ((reply.body as { type?: string } | undefined)?.type !== 'cancel') continue;
    worker.kill();
    return true;
  }
  return false;
}
