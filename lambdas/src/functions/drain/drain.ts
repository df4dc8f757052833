import { messageOf } from '../../core/errors.ts';
import { after, ageSeconds, type Instant } from '../../core/instant.ts';
import type { Lane } from '../../core/lane.ts';
import { scaleDown } from '../scale-down/scale-down.ts';
import type { World } from '../world.ts';
import { markDraining } from './drain-mark.ts';
import { endAll, removeRegistrations } from './end-all.ts';
import { type FleetLook, lookAtFleet } from './what-is-left.ts';

export interface DrainOrder {
  readonly fleet: string;
  /** Ends busy machines too. */
  readonly force: boolean;
  /** How long busy ones are waited for. */
  readonly limitSeconds: number;
}

/** A drain that fails is tried again: the fleet launches nothing meanwhile. Given up, it goes on as before after this. */
const holdSeconds = 3600;
/** What the forge may take to see that a machine is gone which was ended under its job. */
const registrationLimitSeconds = 60;
/** Looks in the time between two scale-downs, each with a scale-down of its own. */
const looksAPeriod = 4;

/**
 * Takes a fleet away: nothing new is launched, whoever has no job goes as scale-down lets them go, and whoever has one is
 * waited for. Throws what still runs when time is up. Does it again from where it is, as often as it is called.
 */
export async function drain(world: World, order: DrainOrder): Promise<void> {
  const { clock, log, timing } = world;
  const { fleet, force } = order;
  const startedAt = clock.now();
  const until = Math.min(after(startedAt, order.limitSeconds), world.deadlineAt ?? Number.POSITIVE_INFINITY);
  await markDraining(world, fleet, after(until, holdSeconds));

  const own = worldOf(world, fleet);
  const known = new Map<string, Lane>();
  for (;;) {
    const left = await turn(own, fleet, force, known);
    if (left.length === 0) break;
    if (clock.now() >= until) throw new Error(sentenceOf(order, left, ageSeconds(startedAt, clock.now())));
    log.info('drain', { fleet, kind: 'wait', left });
    await clock.sleep(timing.scaleDownSeconds / looksAPeriod);
  }
  await clearForge(own, known, until);
  log.info('drain', { fleet, kind: 'drained' });
}

/** Machines of this fleet alone, none of which is wanted. Others are the scheduled scale-down's. */
function worldOf(world: World, fleet: string): World {
  const lanes = async (): Promise<readonly Lane[]> =>
    (await world.ledger.lanes()).filter((lane) => lane.fleet === fleet);
  return {
    ...world,
    ledger: { ...world.ledger, lanes },
    isDraining: async () => true,
  };
}

/** What is left after it. What could not be looked at is left. */
async function turn(world: World, fleet: string, force: boolean, known: Map<string, Lane>): Promise<readonly string[]> {
  try {
    if (force) await endAll(world, await lookAndNote(world, fleet, known));
    await scaleDown(world);
    return (await lookAndNote(world, fleet, known)).left;
  } catch (error) {
    world.log.warn('drain', { fleet, kind: 'look-failed', reason: messageOf(error) });
    return [`what could not be looked at (${messageOf(error)})`];
  }
}

async function lookAndNote(world: World, fleet: string, known: Map<string, Lane>): Promise<FleetLook> {
  const look = await lookAtFleet(world, fleet);
  for (const [id, lane] of look.known) known.set(id, lane);
  return look;
}

/** A registration that stays is no reason to keep the fleet: the forge removes it when it gives its job up. */
async function clearForge(world: World, known: ReadonlyMap<string, Lane>, until: Instant): Promise<void> {
  const { clock, log, timing } = world;
  const givenUpAt = Math.min(until, after(clock.now(), registrationLimitSeconds));
  for (;;) {
    const kept = await removeRegistrations(world, known);
    if (kept.length === 0) return;
    if (clock.now() >= givenUpAt) {
      log.warn('Registrations are left to the forge.', { runners: kept });
      return;
    }
    await clock.sleep(timing.scaleDownSeconds / looksAPeriod);
  }
}

const sentenceOf = ({ fleet, force }: DrainOrder, left: readonly string[], seconds: number): string =>
  `The fleet ${fleet} still has, after ${Math.round(seconds)} seconds: ${left.join('; ')}. ` +
  `It launches nothing for an hour from now. Run the same again when they are done${
    force ? '.' : ', or set force_destroy = true, apply that, and destroy: it ends them under their jobs.'
  }`;
