import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { ProcessEntry, ProcessView } from './process-entry.ts';

/**
 * Linux: each answer is read when it is first asked for, and once a look. Reading is synchronous, as /proc is memory and
 * waits for nothing.
 */
export function procView(root = '/proc'): ProcessView {
  const at = once((pid: number) => parseStat(readOrNothing(`${root}/${pid}/stat`)));
  const every = once((folder: string): readonly ProcessEntry[] => numbersIn(folder).flatMap((pid) => at(pid) ?? []));
  const all = (): readonly ProcessEntry[] => every(root);
  return {
    at,
    all,
    childrenOf: (pid) => {
      const pids = childPids(root, pid);
      if (pids === undefined) return all().filter((entry) => entry.parentPid === pid);
      return pids.flatMap((child) => at(child) ?? []);
    },
    argvOf: (pid) => (readOrNothing(`${root}/${pid}/cmdline`) ?? '').split('\0').slice(0, -1),
    folderOf: once((pid: number) => orNothing(() => readlinkSync(`${root}/${pid}/cwd`))),
  };
}

function once<Key, Value>(answer: (key: Key) => Value): (key: Key) => Value {
  const answers = new Map<Key, Value>();
  return (key) => {
    if (!answers.has(key)) answers.set(key, answer(key));
    return answers.get(key) as Value;
  };
}

/** `pid (name) state ppid pgrp session … starttime …`. The name may hold anything, also `) R 1`. */
function parseStat(text: string | undefined): ProcessEntry | undefined {
  if (!text) return undefined;
  const [state, parentPid, group, session, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const startKey = rest[15];
  if (!startKey || state === 'Z' || state === 'X') return undefined;
  return {
    pid: Number.parseInt(text, 10),
    startKey,
    parentPid: Number(parentPid),
    group: Number(group),
    session: Number(session),
  };
}

/** Each thread has children of its own. Undefined: this kernel does not tell (CONFIG_PROC_CHILDREN). */
function childPids(root: string, pid: number): readonly number[] | undefined {
  const pids: number[] = [];
  for (const thread of numbersIn(`${root}/${pid}/task`)) {
    const children = readOrNothing(`${root}/${pid}/task/${thread}/children`);
    if (children !== undefined) pids.push(...children.split(' ').filter(Boolean).map(Number));
    else if (readOrNothing(`${root}/${pid}/task/${thread}/stat`) !== undefined) return undefined;
  }
  return pids;
}

const numbersIn = (folder: string): readonly number[] =>
  (orNothing(() => readdirSync(folder)) ?? []).filter((name) => /^\d+$/.test(name)).map(Number);

const readOrNothing = (path: string): string | undefined => orNothing(() => readFileSync(path, 'utf8'));

/** Not there any more, or another user's: both are nothing to us. What is left, say too many open files, is thrown. */
function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES' || code === 'EPERM') return undefined;
    throw thrown;
  }
}
