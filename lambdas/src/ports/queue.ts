/** "Look at this lane": a doorbell. It carries nothing that the ledger does not know; lost or doubled, it does no harm. */
export interface Request {
  readonly lane: string;
  /** Why it was sent, in kebab-case words; for the log only. */
  readonly reason: string;
}

export interface Queue {
  /** Sends each request, to be seen no sooner than `delaySeconds` (0..900) from now. Throws when any was not accepted. */
  send(requests: readonly Request[], delaySeconds: number): Promise<void>;
}

/** One request as it arrived. At least once, in any order. */
export interface Delivery {
  readonly receipt: string;
  readonly request: Request;
  /** From 1; what was received too often ends among the dead letters. */
  readonly receiveCount: number;
}

/** The consuming side, which on AWS is the event source mapping and here is our own loop. */
export interface QueueConsumer {
  /** Up to `limit` visible deliveries, each hidden from now on for the visibility time. */
  receive(limit: number): Promise<readonly Delivery[]>;
  /** Done with: never seen again. An unknown receipt is no error. */
  acknowledge(receipts: readonly string[]): Promise<void>;
  /** Counts, for the state page and for tests. */
  depth(): Promise<{ readonly waiting: number; readonly hidden: number; readonly dead: number }>;
}
