import { expect, test } from '@jest/globals';
import { scaleUp } from '../../src/functions/scale-up/scale-up.ts';
import { lookAtMachine } from '../../src/functions/sweep/look-at-machine.ts';
import { sweep } from '../../src/functions/sweep/sweep.ts';
import { type City, city } from '../city/city.ts';
import { aliveMachines } from '../city/life.ts';
import { mortal } from '../city/mortal.ts';
import { queueJobs } from '../city/traffic.ts';

const delivery = { receipt: 'r', request: { lane: 'linux-x64/org:acme', reason: 'test' }, receiveCount: 1 };

/** One machine with a grant that it never took, and whose end nobody has noticed yet. */
async function townWithGrant(): Promise<{ town: City; id: string }> {
  const town = city();
  await queueJobs(town, [1]);
  await scaleUp(town.world, [delivery]);
  const id = aliveMachines(town)[0]?.id ?? 'none';
  expect(town.hosts.records().map(({ grantState }) => grantState)).toEqual(['given']);
  town.compute.cloud.shutdown(id);
  town.forge.finishJob('memory/acme/app/1');
  return { town, id };
}

test('a grant goes with its machine, wherever the one who notices its end dies', async () => {
  for (let atCall = 1, lived = false; !lived; atCall++) {
    for (const when of ['before', 'after'] as const) {
      const { town, id } = await townWithGrant();
      const dying = mortal(town.world, { atCall, when });
      lived = await Promise.race([dying.died.then(() => false), lookAtMachine(dying.world, id).then(() => true)]);
      await sweep(town.world);
      expect({ atCall, when, left: town.hosts.records() }).toEqual({ atCall, when, left: [] });
    }
  }
});
