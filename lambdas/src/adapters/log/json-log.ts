import type { Clock } from '../../ports/clock.ts';
import type { Fields, Log } from '../../ports/log.ts';
import { systemClock } from '../clock/system-clock.ts';
import { plainText, plainValue } from './plain-fields.ts';

/** Where lines go: a stream, or what stands for one. */
export interface Sink {
  write(line: string): unknown;
}

/** A line that is longer gives up its fields: half of it would be no JSON. */
const lineLimit = 16_000;

/** One line of JSON a call: `{"at":"…","level":"info","message":"launched","lane":"…"}`. */
export function jsonLog(sink: Sink, clock: Pick<Clock, 'now'> = systemClock()): Log {
  const at =
    (level: string) =>
    (message: string, fields: Fields = {}) => {
      const head = { at: new Date(clock.now()).toISOString(), level, message: plainText(message) };
      // After the fields too, so that none of them can pass for it.
      const line = JSON.stringify({ ...head, ...fieldsOf(fields), ...head });
      sink.write(`${line.length > lineLimit ? JSON.stringify({ ...head, omittedCharacters: line.length }) : line}\n`);
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

const fieldsOf = (fields: Fields): object => plainValue(fields) as object;
