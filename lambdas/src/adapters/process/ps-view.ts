import { execFileSync } from 'node:child_process';
import type { ProcessEntry, ProcessView } from './process-entry.ts';

interface PsEntry extends ProcessEntry {
  readonly command: string;
}

/** macOS and others: one `ps`, parsed once. It tells no session and no working folder; groups stand in for sessions. */
export function psView(output: string = runPs()): ProcessView {
  const entries = output.split('\n').flatMap((line) => parseLine(line) ?? []);
  const byPid = new Map(entries.map((entry) => [entry.pid, entry]));
  return {
    at: (pid) => byPid.get(pid),
    all: () => entries,
    childrenOf: (pid) => entries.filter((entry) => entry.parentPid === pid),
    argvOf: (pid) => byPid.get(pid)?.command.split(' ') ?? [],
    folderOf: () => undefined,
  };
}

const runPs = (): string =>
  execFileSync('ps', ['-axww', '-o', 'pid=,ppid=,pgid=,stat=,lstart=,command='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // Dates in the one form that is parsed below.
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
  });

/** `12 1 12 Ss Mon Nov 20 18:00:00 2025 /sbin/init --quiet` */
function parseLine(line: string): PsEntry | undefined {
  const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\d{4})\s(.*)$/.exec(line);
  const [, pid, parentPid, group, state = '', startKey = '', command = ''] = match ?? [];
  if (!match || state.startsWith('Z')) return undefined;
  return {
    pid: Number(pid),
    parentPid: Number(parentPid),
    group: Number(group),
    session: Number(group),
    startKey,
    command,
  };
}
