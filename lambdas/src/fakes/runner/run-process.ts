import { runner } from './runner.ts';

/** The fake runner as a process: lines on stdout, signals as GitHub's runner takes them. Resolves to the exit code. */
export function runProcess(jitConfig: string | undefined): Promise<number> {
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const stop = new AbortController();
  const kill = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) kill.abort();
    else print('Stopping');
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  return runner({ jitConfig: jitConfig ?? '', print, stop: stop.signal, kill: kill.signal });
}
