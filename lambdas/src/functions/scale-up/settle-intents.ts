import { messageOf } from '../../core/errors.ts';
import type { Instance } from '../../core/instance.ts';
import { after } from '../../core/instant.ts';
import { laneKey } from '../../core/lane.ts';
import type { Intent, LaneView } from '../../core/lane-view.ts';
import { hasTime, type World } from '../world.ts';
import { callStep } from './call-step.ts';
import { openHosts } from './open-hosts.ts';

/** Settles what others left open. True when there was something, so that the lane must be read again. */
export async function settleIntents(world: World, view: LaneView): Promise<boolean> {
  const late = view.intents.filter(({ ownedUntil }) => world.clock.now() >= ownedUntil);
  for (const intent of late) {
    if (!hasTime(world)) break;
    const about = { lane: laneKey(view.lane), launchId: intent.launchId };
    try {
      world.log.info('settle', { ...about, kind: await settleIntent(world, intent) });
    } catch (error) {
      // It counts in full until somebody can; the rest of the lane goes on without it.
      world.log.warn('A launch could not be settled.', { ...about, reason: messageOf(error) });
    }
  }
  return late.length > 0;
}

type Settled = 'replayed' | 'listed' | 'nothing-was-called' | 'waits' | 'taken-by-other';

async function settleIntent(world: World, intent: Intent): Promise<Settled> {
  const { clock, ledger, timing } = world;
  const now = clock.now();
  const ours = await ledger.takeOver(intent, after(now, timing.scaleUpLimitSeconds + timing.ownershipSlackSeconds));
  if (ours === 'lost') return 'taken-by-other';
  if (ours.steps.length === 0) {
    // Steps are stored before their calls, by condition on an ownership that is ours now: there will be none.
    await ledger.close(ours, 0, now);
    return 'nothing-was-called';
  }
  if (now < ours.notAfter && (await replay(world, ours))) return 'replayed';
  return settleByList(world, ours);
}

/** Within minutes: the stored requests again, as they stand. False: some answer is still not known. */
async function replay(world: World, intent: Intent): Promise<boolean> {
  const answers = await Promise.all(intent.steps.map(({ request }) => callStep(world, intent, request, true)));
  const instances = answers.flatMap((answer) => (answer === 'unknown' ? [] : answer.instances));
  await openHosts(world, intent.lane, instances);
  await world.ledger.recordLaunched(intent, instances, world.clock.now());
  if (answers.includes('unknown')) return false;
  await world.ledger.close(intent, instances.length, world.clock.now());
  return true;
}

/**
 * Later: by the launch id that every machine carries. Lists lag, so for fewer machines than were asked for, two
 * complete and equal lists are needed after every call must have shown, as far apart as for any proof of absence. What is
 * launched is the union of recorded rows (gone ones too) and listed machines (terminated ones too).
 */
async function settleByList(world: World, intent: Intent): Promise<Settled> {
  const { clock, ledger, timing } = world;
  const listed = await listLaunch(world, intent);
  const known = await ledger.launchedBy(intent);
  const ids = [...new Set([...known, ...listed.map(({ id }) => id)])].sort();
  const now = clock.now();

  const isComplete = ids.length >= intent.count || isSeenTwice(intent, ids, world);
  if (isComplete) {
    await openHosts(world, intent.lane, listed);
    await ledger.recordLaunched(intent, listed, now);
    await ledger.close(intent, ids.length, now);
    return 'listed';
  }
  const settlesAt = after(intent.notAfter, timing.listLagSeconds);
  const isSame = intent.look?.ids.join() === ids.join();
  if (now >= settlesAt && !isSame) await ledger.noteLook(intent, { ids, at: now });
  return 'waits';
}

function isSeenTwice(intent: Intent, ids: readonly string[], { clock, timing }: World): boolean {
  const { look } = intent;
  if (look === undefined || look.ids.join() !== ids.join()) return false;
  return clock.now() >= after(look.at, timing.absenceSeconds);
}

async function listLaunch(world: World, intent: Intent): Promise<readonly Instance[]> {
  const instances: Instance[] = [];
  for await (const instance of world.compute.list({ launchId: intent.launchId })) instances.push(instance);
  return instances;
}
