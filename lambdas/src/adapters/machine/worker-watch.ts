import {
  isAlive,
  type ProcessEntry,
  type ProcessRef,
  type ProcessView,
  sessionOf,
  treeOf,
} from '../process/process-view.ts';

/** Looks for a worker among what a runner started. */
export interface WorkerWatch {
  isWorking(view: ProcessView, runner: ProcessRef): boolean;
}

/**
 * A worker whose listener died hangs under init, in no tree of ours any more, and only the whole process table finds
 * it. That is dear on a computer of hundreds of hosts, so it is read only when it can show something new: at the first
 * look, and after a process that we knew has gone.
 */
export function workerWatch(workerName: string): WorkerWatch {
  let known: readonly ProcessEntry[] = [];
  let mayHaveOrphans = true;
  const isWorker = (view: ProcessView, entry: ProcessEntry): boolean =>
    // Its own name or its script's: a path somewhere among a job's arguments is no worker.
    view
      .argvOf(entry.pid)
      .slice(0, 2)
      .some((argument) => argument.includes(workerName));

  const isWorking = (view: ProcessView, runner: ProcessRef): boolean => {
    mayHaveOrphans ||= known.some((entry) => !isAlive(view, entry));
    const orphanRoots = known.filter((entry) => isAlive(view, entry));
    const tree = distinct([runner, ...orphanRoots].flatMap((root) => treeOf(view, root)));
    known = tree;
    if (tree.some((entry) => isWorker(view, entry))) return true;
    if (!mayHaveOrphans) return false;

    known = distinct([...tree, ...sessionOf(view, runner)]);
    mayHaveOrphans = false;
    return known.some((entry) => isWorker(view, entry));
  };
  return { isWorking };
}

const distinct = (entries: readonly ProcessEntry[]): readonly ProcessEntry[] => [
  ...new Map(entries.map((entry) => [entry.pid, entry])).values(),
];
