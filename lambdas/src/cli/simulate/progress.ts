import { SingleBar } from 'cli-progress';

/** How far a run has come, for somebody who waits for it. */
export interface Progress {
  add(count: number): void;
  stop(): void;
}

const silent: Progress = { add: () => {}, stop: () => {} };

/** A bar on a terminal, gone when it is done; elsewhere nothing. */
export function progressOn(stream: NodeJS.WriteStream, total: number, unit: string): Progress {
  if (!stream.isTTY) return silent;
  const bar = new SingleBar({
    stream,
    format: `{bar} {value}/{total} ${unit} · {eta_formatted} left`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: true,
    // From a fresh look at it: a first seed is slow.
    etaBuffer: 50,
  });
  bar.start(total, 0);
  return { add: (count) => bar.increment(count), stop: () => bar.stop() };
}
