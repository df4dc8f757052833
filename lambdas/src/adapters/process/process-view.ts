import { procView } from './proc-view.ts';
import type { ProcessEntry, ProcessRef, ProcessView } from './process-entry.ts';
import { psView } from './ps-view.ts';

export type { ProcessEntry, ProcessRef, ProcessView } from './process-entry.ts';

/** Linux reads /proc, as it is needed and without starting anything; other systems run `ps` once a look. */
export const viewProcesses = (): ProcessView => (process.platform === 'linux' ? procView() : psView());

export const isAlive = (view: ProcessView, ref: ProcessRef): boolean => view.at(ref.pid)?.startKey === ref.startKey;

/** The process and all that it started, directly or not, and that was not orphaned since. */
export function treeOf(view: ProcessView, ref: ProcessRef): readonly ProcessEntry[] {
  const root = view.at(ref.pid);
  if (root?.startKey !== ref.startKey) return [];
  const tree = [root];
  // The array grows while it is walked: breadth first.
  for (const entry of tree) tree.push(...view.childrenOf(entry.pid));
  return tree;
}

/** All that is in the session or group that this process leads or led, orphans included. */
export function sessionOf(view: ProcessView, leader: ProcessRef): readonly ProcessEntry[] {
  const now = view.at(leader.pid);
  // While a session has members its number is not given out again; so a stranger there means that it is empty.
  if (now && now.startKey !== leader.startKey) return [];
  return view.all().filter((entry) => entry.session === leader.pid || entry.group === leader.pid);
}

/** All that works in this folder or below it. */
export const workingIn = (view: ProcessView, folder: string): readonly ProcessEntry[] =>
  view.all().filter((entry) => {
    const cwd = view.folderOf(entry.pid);
    return cwd === folder || cwd?.startsWith(`${folder}/`);
  });
