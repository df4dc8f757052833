import { readFileSync } from 'node:fs';

/**
 * The most memory that this process ever held. From Linux's own count where there is one: `maxRSS` begins with what the
 * parent held when it forked.
 */
export function peakMegabytes(): number {
  return (fromProc() ?? process.resourceUsage().maxRSS) / 1024;
}

function fromProc(): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes);
  } catch {
    return undefined;
  }
}

// By itself it is the empty process that others are compared with.
if (import.meta.main) process.stdout.write(String(peakMegabytes()));
