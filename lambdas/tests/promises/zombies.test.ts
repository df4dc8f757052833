import { expect, test } from '@jest/globals';
import { scaleUp } from '../../src/functions/scale-up/scale-up.ts';
import type { World } from '../../src/functions/world.ts';
import { type City, city } from '../city/city.ts';
import { aliveMachines } from '../city/life.ts';
import { idsFrom, queueJobs } from '../city/traffic.ts';

const delivery = { receipt: 'r', request: { lane: 'linux-x64/org:acme', reason: 'test' }, receiveCount: 1 };

const ports = ['ledger', 'compute', 'hosts'] as const;
// biome-ignore lint/suspicious/noExplicitAny: methods of three ports, called as they come.
type Method = (...args: any[]) => any;

/** A world whose n-th call sleeps for a while before it takes effect, as a suspended machine's would. */
function drowsy(world: World, atCall: number, seconds: number): { readonly world: World; calls(): number } {
  let calls = 0;
  const slowed =
    (method: Method): Method =>
    async (...args) => {
      calls += 1;
      if (calls === atCall) await world.clock.sleep(seconds);
      return method(...args);
    };
  const wrapped = ports.map((name) => {
    const methods = Object.entries(world[name] as unknown as Record<string, Method>);
    return [
      name,
      Object.fromEntries(methods.map(([key, m]) => [key, key === 'list' || typeof m !== 'function' ? m : slowed(m)])),
    ];
  });
  return { world: { ...world, ...Object.fromEntries(wrapped) } as World, calls: () => calls };
}

/** One scale-up falls asleep at a call, others go on, and then it wakes up and does what it was about to do. */
async function wakesLate(atCall: number, seconds: number): Promise<{ town: City; calls: number }> {
  const town = city({ fleets: [{ runnersMaximumCount: 3, runnerBootTimeMinutes: 60 }] });
  await queueJobs(town, idsFrom(1, 5));
  const zombie = drowsy(town.world, atCall, seconds);
  const asleep = scaleUp(zombie.world, [delivery]);
  for (let at = 0; at < seconds + 60; at += 20) {
    await town.clock.advance(20);
    const others = scaleUp(town.world, [delivery]);
    await town.clock.advance(10);
    await others;
  }
  await asleep;
  await town.clock.advance(30);
  return { town, calls: zombie.calls() };
}

test.each([100, 170, 290, 400, 1300])(
  'a scale-up that wakes up %i s late passes no limit, whatever it was at',
  async (seconds) => {
    for (let atCall = 1, calls = 1; atCall <= calls; atCall++) {
      const { town, calls: made } = await wakesLate(atCall, seconds);
      calls = Math.min(made, 40);
      const machines = aliveMachines(town).length;
      const { fleetUsed } = await town.world.ledger.usage('linux-x64', []);
      expect({ atCall, over: machines > 3, under: fleetUsed < machines }).toEqual({
        atCall,
        over: false,
        under: false,
      });
    }
  },
);
