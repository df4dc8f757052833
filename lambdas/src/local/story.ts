import type { LaneFacts } from '../core/balance.ts';
import { balanceNow, readLaneFacts } from '../functions/lane-facts.ts';
import type { LaneOutcome } from '../functions/scale-up/scale-up.ts';
import type { World } from '../functions/world.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { QueueConsumer } from '../ports/queue.ts';
import { finishedJobs } from './finished-jobs.ts';
import { fleetsOf, showFleet } from './show-fleets.ts';
import { showJobs } from './show-jobs.ts';
import { showRunners } from './show-runners.ts';
import type { ShownSample, ShownState } from './shown-state.ts';

/** What the stack tells about itself: the ledger as it is, and what only this process remembers. */
export interface Story {
  /** The ledger, with an ear on it: done jobs leave their lanes, and would be seen nowhere. */
  readonly ledger: Ledger;
  readonly state: () => Promise<ShownState>;
  /** One point of the time line. */
  readonly sample: () => Promise<void>;
  noteDecisions(lanes: readonly LaneOutcome[]): void;
}

interface StoryOptions {
  readonly timeScale: number;
  readonly queueJobs?: (count: number) => void;
}

const samplesLimit = 600;

export function stories(world: World, consumer: QueueConsumer, options: StoryOptions): Story {
  const history: ShownSample[] = [];
  const decisions = new Map<string, NonNullable<LaneOutcome['plan']>>();
  const finished = finishedJobs(world.ledger);

  const readLanes = async (): Promise<readonly LaneFacts[]> =>
    Promise.all((await world.ledger.lanes()).map((lane) => readLaneFacts(world, lane)));

  return {
    ledger: finished.ledger,
    noteDecisions(lanes) {
      for (const { lane, plan } of lanes) if (plan !== undefined) decisions.set(lane, plan);
    },
    async sample() {
      history.push(sampleOf(world, await readLanes()));
      if (history.length > samplesLimit) history.shift();
    },
    async state() {
      const lanes = await readLanes();
      const now = world.clock.now();
      return {
        at: now,
        jobs: [...(await showJobs(world, lanes, decisions, now)), ...finished.recent()],
        jobsEnded: finished.count(),
        runners: lanes.flatMap((lane) => showRunners(world, lane, now)),
        fleets: await Promise.all(fleetsOf(world, lanes).map((fleet) => showFleet(world, fleet, lanes, decisions))),
        history: [...history],
        queue: await consumer.depth(),
        isDemo: options.queueJobs !== undefined,
        timeScale: options.timeScale,
      };
    },
  };
}

function sampleOf(world: World, lanes: readonly LaneFacts[]): ShownSample {
  const now = world.clock.now();
  let [demand, supply, busy] = [0, 0, 0];
  for (const facts of lanes) {
    const fleet = world.config.fleets.find(({ name }) => name === facts.view.lane.fleet);
    if (fleet === undefined) continue;
    const balance = balanceNow(world, fleet, facts, now);
    demand += balance.demand;
    supply += balance.supply;
    busy += balance.standings.filter(({ state }) => state === 'busy').length;
  }
  return { at: now, demand, supply, busy, limit: limitOf(world) };
}

function limitOf({ config }: World): number {
  const limits = config.fleets.map(({ runnersMaximumCount }) => runnersMaximumCount);
  const sum = limits.some((limit) => limit < 0) ? -1 : limits.reduce((total, limit) => total + limit, 0);
  if (config.runnersMaximumCount < 0) return sum;
  return sum < 0 ? config.runnersMaximumCount : Math.min(sum, config.runnersMaximumCount);
}
