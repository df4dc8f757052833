import type { MachineEvent } from '../../engine/ec2-proxy/machine-events.ts';
import type { Engine } from '../../engine/engine.ts';
import { tellEvents } from './triggers.ts';

export interface EventTeller {
  tell(event: MachineEvent): void;
  startTelling(engine: Engine): void;
  stop(): Promise<void>;
}

/** EventBridge takes ten a call. */
const entriesLimit = 10;
const pauseMilliseconds = 200;

/** Hands EC2's events to the engine's EventBridge, a few at a time; some may be lost, as AWS promises no more. */
export function eventTeller(): EventTeller {
  const waiting: MachineEvent[] = [];
  let timer: NodeJS.Timeout | undefined;
  let telling: Promise<void> = Promise.resolve();
  return {
    tell: (event) => void waiting.push(event),
    startTelling(engine) {
      timer = setInterval(() => {
        const events = waiting.splice(0, entriesLimit);
        if (events.length > 0) telling = tellEvents(engine, events.map(entryOf)).catch(() => undefined);
      }, pauseMilliseconds);
    },
    async stop() {
      clearInterval(timer);
      await telling;
    },
  };
}

const entryOf = ({ source, detail, resources, 'detail-type': type }: MachineEvent) => ({
  Source: source,
  DetailType: type,
  Detail: JSON.stringify(detail),
  Resources: [...resources],
});
