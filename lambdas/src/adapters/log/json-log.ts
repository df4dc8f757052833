import type { Fields, Log } from '../../ports/log.ts';

/** Where lines go: a stream, or what stands for one. */
export interface Sink {
  write(line: string): unknown;
}

/** Names that may hold what nobody should read. The value is never looked at: a name is enough. */
const secretNames = /secret|token|key$|jit|signature|authorization|password|payload|^grant$|^env$/i;
const lineLimit = 8000;

/** One JSON object a line, with the time first. */
export function jsonLog(sink: Sink): Log {
  const at =
    (level: string) =>
    (message: string, fields: Fields = {}): void => {
      const line = JSON.stringify({ at: new Date().toISOString(), level, message, ...fields }, redacted);
      sink.write(`${line.length > lineLimit ? JSON.stringify({ level, message, cut: line.length }) : line}\n`);
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

const redacted = (name: string, value: unknown): unknown => (secretNames.test(name) ? '[redacted]' : value);
