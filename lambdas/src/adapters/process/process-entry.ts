/** A process and no later one of the same number: a pid alone is given out again. */
export interface ProcessRef {
  readonly pid: number;
  /** When it started, in whatever the system counts by; only ever compared. */
  readonly startKey: string;
}

export interface ProcessEntry extends ProcessRef {
  readonly parentPid: number;
  readonly group: number;
  readonly session: number;
}

/** One look at the processes of this computer, zombies left out. */
export interface ProcessView {
  at(pid: number): ProcessEntry | undefined;
  all(): readonly ProcessEntry[];
  childrenOf(pid: number): readonly ProcessEntry[];
  argvOf(pid: number): readonly string[];
  /** Its working folder; undefined where the system does not tell. */
  folderOf(pid: number): string | undefined;
}
