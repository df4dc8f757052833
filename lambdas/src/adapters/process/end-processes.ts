import type { Clock } from '../../ports/clock.ts';
import { type ProcessEntry, type ProcessRef, sessionOf, treeOf, viewProcesses, workingIn } from './process-view.ts';

export interface EndOptions {
  readonly clock: Clock;
  /** Processes that lead the sessions to end. */
  readonly leaders: () => readonly ProcessRef[];
  /** What works below these ends too: it left its session, as daemons do. */
  readonly folders: readonly string[];
  readonly gently: NodeJS.Signals;
  readonly graceSeconds: number;
}

/** Asks, waits, and then kills, until nothing of it is left. Never this process itself. */
export async function endProcesses(options: EndOptions): Promise<void> {
  const { clock, gently, graceSeconds } = options;
  for (const entry of remaining(options)) signal(entry.pid, gently);
  if (await isGoneWithin(clock, graceSeconds, () => remaining(options).length === 0)) return;
  const isKilled = (): boolean => {
    const left = remaining(options);
    for (const entry of left) signal(entry.pid, 'SIGKILL');
    return left.length === 0;
  };
  if (!(await isGoneWithin(clock, graceSeconds, isKilled))) throw new Error('processes that do not die');
}

function remaining({ leaders, folders }: EndOptions): readonly ProcessEntry[] {
  const view = viewProcesses();
  const found = new Map<number, ProcessEntry>();
  const members = leaders().flatMap((leader) => [...sessionOf(view, leader), ...treeOf(view, leader)]);
  for (const entry of [...members, ...folders.flatMap((folder) => workingIn(view, folder))])
    found.set(entry.pid, entry);
  found.delete(process.pid);
  return [...found.values()];
}

async function isGoneWithin(clock: Clock, seconds: number, isGone: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < seconds; waited += 0.05) {
    if (isGone()) return true;
    await clock.sleep(0.05);
  }
  return isGone();
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (thrown) {
    // It ended by itself in between.
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown;
  }
}
