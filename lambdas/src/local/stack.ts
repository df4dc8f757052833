import type { Config } from '../core/config.ts';
import { after } from '../core/instant.ts';
import type { Timing } from '../core/timing.ts';
import { scaleDown } from '../functions/scale-down/scale-down.ts';
import { scaleUp } from '../functions/scale-up/scale-up.ts';
import { sweep } from '../functions/sweep/sweep.ts';
import { webhook } from '../functions/webhook/webhook.ts';
import type { World } from '../functions/world.ts';
import type { Log } from '../ports/log.ts';
import type { QueueConsumer } from '../ports/queue.ts';
import { localWorld } from './local-world.ts';
import { machineWatch } from './machine-watch.ts';
import { serve } from './serve.ts';
import { type Story, stories } from './story.ts';
import { timers } from './timers.ts';

export interface StackOptions {
  readonly config: Config;
  readonly timing: Timing;
  readonly timeScale: number;
  readonly folder: string;
  /** 0: a free one. */
  readonly port: number;
  readonly log: Log;
  readonly writesPerSecond: number;
  /** In the demo: what the page's button does. */
  readonly queueJobs?: (count: number) => void;
}

export interface Stack {
  readonly url: string;
  readonly world: World;
  readonly story: Story;
  stop(): Promise<void>;
}

/** An event source mapping's batch, and how many are worked on side by side (`maximum_concurrency`). */
const batchLimit = 100;
const scaleUpsAtOnce = 3;
const queuePauseSeconds = 0.1;
const machinePauseSeconds = 0.3;

/** The same functions as on AWS, in one process behind real HTTP, with timers in place of schedules. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { config, timing, log } = options;
  const { world: bound, consumer, close } = localWorld(options);
  const story = stories(bound, consumer, options);
  const world: World = { ...bound, ledger: story.ledger };
  const server = await serve({
    port: options.port,
    webhook: (request) => webhook(world, request),
    state: story.state,
    ...(options.queueJobs === undefined ? {} : { queueJobs: options.queueJobs }),
    log,
  });

  const running = timers(log);
  for (let i = 0; i < scaleUpsAtOnce; i++) {
    running.every('scale-up', queuePauseSeconds, () => serveQueue(world, consumer, story));
  }
  running.every('scale-down', timing.scaleDownSeconds, async () => scaleDown(inTime(world)));
  running.every('sweep', timing.sweepSeconds, async () => sweep(inTime(world)));
  running.every('machines', machinePauseSeconds, machineWatch(world));
  running.every('story', 1, story.sample);
  log.info('started', { url: server.url, fleets: config.fleets.map(({ name }) => name) });

  return {
    url: server.url,
    world,
    story,
    async stop() {
      await server.stop();
      await running.stop();
      close();
    },
  };
}

/** Each invocation has a function's own time, as on Lambda. */
const inTime = (world: World): World => ({
  ...world,
  deadlineAt: after(world.clock.now(), world.timing.scaleUpLimitSeconds),
});

async function serveQueue(world: World, consumer: QueueConsumer, story: Story): Promise<void> {
  for (;;) {
    const deliveries = await consumer.receive(batchLimit);
    if (deliveries.length === 0) return;
    const { lanes, failed } = await scaleUp(inTime(world), deliveries);
    story.noteDecisions(lanes);
    const done = deliveries.map(({ receipt }) => receipt).filter((receipt) => !failed.includes(receipt));
    await consumer.acknowledge(done);
  }
}
