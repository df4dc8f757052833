import { Logger } from '@aws-lambda-powertools/logger';
import type { LogLevel } from '../../core/config.ts';
import type { Fields, Log } from '../../ports/log.ts';
import { plainText, plainValue } from './plain-fields.ts';

/** A function's log. What an invocation and the configuration add to it comes later than its first line may. */
export interface PowertoolsLog extends Log {
  setLevel(level: LogLevel): void;
  /** From now on each line says whose it is. */
  setRequest(requestId: string): void;
}

/** CloudWatch takes more; a line that is longer gives up its fields, as half of it would be no JSON. */
const fieldsLimit = 16_000;

/** One line of JSON a call, as CloudWatch Logs Insights reads it. Secrets do not pass. */
export function powertoolsLog(service: string): PowertoolsLog {
  const logger = new Logger({ serviceName: service, logLevel: 'INFO' });
  const at =
    (level: 'info' | 'warn' | 'error') =>
    (message: string, fields: Fields = {}): void =>
      logger[level](plainText(message), { fields: boundedFields(fields) });
  return {
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    setLevel: (level) => logger.setLogLevel(upper[level]),
    setRequest: (requestId) => logger.appendKeys({ requestId }),
  };
}

const upper = { debug: 'DEBUG', info: 'INFO', warn: 'WARN', error: 'ERROR' } as const;

function boundedFields(fields: Fields): object {
  const plain = plainValue(fields) as object;
  const { length } = JSON.stringify(plain);
  return length > fieldsLimit ? { omittedCharacters: length } : plain;
}
