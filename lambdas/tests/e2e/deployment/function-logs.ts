import {
  CloudWatchLogsClient,
  paginateFilterLogEvents,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Engine } from '../../engine/engine.ts';
import { functionNames } from './function-calls.ts';

/** A line of a function's log that is JSON; what the runtime itself prints is left out. */
export interface LogLine {
  readonly function: string;
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

/** What the functions said, oldest first. */
export async function readFunctionLogs(engine: Engine, prefix: string): Promise<readonly LogLine[]> {
  const { url: endpoint, region, credentials } = engine;
  const client = new CloudWatchLogsClient({ endpoint, region, credentials });
  const lines: LogLine[] = [];
  for (const name of functionNames) {
    for (const message of await messagesIn(client, `/aws/lambda/${prefix}-${name}`)) {
      lines.push(...readLines(name, message));
    }
  }
  return lines;
}

/** A function that was never called has no log. */
async function messagesIn(client: CloudWatchLogsClient, logGroupName: string): Promise<readonly string[]> {
  const messages: string[] = [];
  try {
    for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName })) {
      messages.push(...events.map(({ message = '' }) => message));
    }
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  return messages;
}

/** An event may hold several lines. */
const readLines = (name: string, text: string): readonly LogLine[] =>
  text.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return [];
    try {
      return [{ ...(JSON.parse(line) as LogLine), function: name }];
    } catch {
      return [];
    }
  });
