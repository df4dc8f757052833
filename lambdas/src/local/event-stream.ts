import type { ServerResponse } from 'node:http';
import { messageOf } from '../core/errors.ts';
import type { Log } from '../ports/log.ts';
import type { ShownState } from './shown-state.ts';

export interface EventStream {
  join(response: ServerResponse): void;
  stop(): void;
}

const listenersLimit = 50;

/** Server-sent events: the state, once a second, to whoever looks. Nobody looking costs nothing. */
export function eventStream(state: () => Promise<ShownState>, log: Log): EventStream {
  const listeners = new Set<ServerResponse>();
  let timer: NodeJS.Timeout | undefined;

  async function tell(): Promise<void> {
    try {
      const event = `data: ${JSON.stringify(await state())}\n\n`;
      for (const listener of listeners) listener.write(event);
    } catch (error) {
      log.warn('The state could not be read.', { reason: messageOf(error) });
    }
    timer = listeners.size > 0 ? setTimeout(tell, 1000) : undefined;
  }

  return {
    join(response) {
      if (listeners.size >= listenersLimit) {
        response.writeHead(503, { 'retry-after': '10' }).end();
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
      if (timer === undefined) timer = setTimeout(tell, 0);
    },
    stop() {
      clearTimeout(timer);
      for (const listener of listeners) listener.end();
      listeners.clear();
    },
  };
}
