import type { Fields, Log } from '../../ports/log.ts';

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Fields;
}

/** Keeps its lines, for tests to read. */
export interface MemoryLog extends Log {
  readonly lines: readonly LogLine[];
}

export function memoryLog(): MemoryLog {
  const lines: LogLine[] = [];
  const at =
    (level: LogLine['level']) =>
    (message: string, fields: Fields = {}): void => {
      lines.push({ level, message, fields });
    };
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}
