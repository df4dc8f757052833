import type { Instance } from '../../src/core/instance.ts';
import { type Lane, laneOf } from '../../src/core/lane.ts';
import type { LaneView, Usage } from '../../src/core/lane-view.ts';
import type { Lease } from '../../src/core/runner.ts';
import { type ScaleUpReport, scaleUp } from '../../src/functions/scale-up/scale-up.ts';
import type { World } from '../../src/functions/world.ts';
import type { City } from './city.ts';
import { aliveMachines } from './life.ts';

export const acme = 'linux-x64/org:acme';
export const acmeLane: Lane = { fleet: 'linux-x64', scope: 'org:acme' };

/** Lets time pass until the work is done, as it sleeps on the city's clock. */
export async function finished<T>({ clock }: Pick<City, 'clock'>, work: Promise<T>): Promise<T> {
  let isDone = false;
  const done = (): void => {
    isDone = true;
  };
  work.then(done, done);
  for (let i = 0; i < 2_000 && !isDone; i++) await clock.advance(0.2);
  if (!isDone) throw new Error('It was not done within 400 virtual seconds.');
  return work;
}

/** One scale-up, rung for these lanes; nothing else lives meanwhile. */
export const ring = (
  town: City,
  lanes: readonly string[] = [acme],
  world: World = town.world,
): Promise<ScaleUpReport> =>
  finished(
    town,
    scaleUp(
      world,
      lanes.map((lane, index) => ({ receipt: `r${index}`, request: { lane, reason: 'test' }, receiveCount: 1 })),
    ),
  );

/** Writes a host's lease as its agent would. */
export async function say(town: City, id: string, sees: Lease['sees'], fields: Partial<Lease> = {}): Promise<void> {
  const at = town.clock.now();
  await town.hosts.ownHost(id).renew({ counter: Math.floor(at / 1000), sees, since: at, at, ...fields });
}

/** Every machine that has a grant takes it, is online, and says what it sees. */
export async function comeUp(town: City, sees: Lease['sees'] = 'idle'): Promise<readonly Instance[]> {
  for (const { id } of aliveMachines(town)) {
    const grant = await town.hosts.ownHost(id).takeGrant();
    if (grant !== null) town.forge.setOnline(grant.registration.name, true);
    await say(town, id, sees);
  }
  return aliveMachines(town);
}

export const nameOf = (town: City, id: string): string =>
  town.hosts.records().find(({ instanceId }) => instanceId === id)?.registration?.name ?? 'none';

export function viewOf(town: City, lane = acme): Promise<LaneView> {
  const found = laneOf(lane);
  if (found === undefined) throw new Error(`${lane} is no lane.`);
  return town.world.ledger.lane(found);
}

export const usageOf = (town: City, fleet = 'linux-x64'): Promise<Usage> => town.world.ledger.usage(fleet, ['app-1']);

export interface Sent {
  readonly lane: string;
  readonly reason: string;
  readonly delaySeconds: number;
}

/** The city, and every request that it sends from now on; none of them arrives. */
export function overheard(town: City): { readonly town: City; readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const send: City['queue']['send'] = async (requests, delaySeconds) => {
    sent.push(...requests.map(({ lane, reason }) => ({ lane, reason, delaySeconds })));
  };
  const queue = { ...town.queue, send };
  return { town: { ...town, queue, world: { ...town.world, queue } }, sent };
}

/** The city with another configuration: what an apply does. */
export function reconfigured(town: City, { world }: City): City {
  return { ...town, world: { ...town.world, config: world.config } };
}

/** The fields of each line that was logged with this message. */
export const saidBy = ({ log }: City, message: string) =>
  log.lines.filter((line) => line.message === message).map(({ fields }) => fields);
