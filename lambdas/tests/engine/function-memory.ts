import { readdirSync, readFileSync } from 'node:fs';

/** The most memory that a process of that function ever held, in MB, read where Linux keeps it; none runs: undefined. */
export function peakMemoryOf(functionName: string): number | undefined {
  const peaks = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
        if (!environment.includes(`AWS_LAMBDA_FUNCTION_NAME=${functionName}`)) return [];
        const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
        return kilobytes === undefined ? [] : [Number(kilobytes) / 1024];
      } catch {
        // It ended meanwhile.
        return [];
      }
    });
  return peaks.length === 0 ? undefined : Math.max(...peaks);
}
