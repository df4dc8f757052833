import { expect, test } from '@jest/globals';
import { type City, city } from '../../../tests/city/city.ts';
import { finished } from '../../../tests/city/invoke.ts';
import { markDraining } from '../drain/drain-mark.ts';
import { answerTerraform } from './answer-terraform.ts';

const invocation = (minutes: number) => ({
  awsRequestId: 'r',
  getRemainingTimeInMillis: () => minutes * 60_000,
});

/** A function of the city that cannot start the first times. */
function startsAfter(town: City, failures: number) {
  let left = failures;
  const ready = async () => {
    if (left-- > 0) throw new Error('not allowed yet');
    return { world: town.world };
  };
  return { loaded: { ready, clock: town.clock, log: { ...town.log, setLevel() {}, setRequest() {} } } };
}

const keep = { kind: 'keep', fleet: 'linux-x64' } as const;
const drain = { kind: 'drain', fleet: 'linux-x64', force: false, limitSeconds: 840 } as const;

test('a fleet that is wanted again loses its mark, also where the function’s rights come late', async () => {
  const town = city();
  await markDraining(town.world, 'linux-x64', town.clock.now() + 3_600_000);
  await finished(town, answerTerraform(startsAfter(town, 4).loaded, keep, invocation(15)));
  expect(await town.world.ledger.cursor('draining/linux-x64')).toBe('0');
});

test('an apply does not fail because a mark could not be taken back', async () => {
  const town = city();
  await finished(town, answerTerraform(startsAfter(town, 99).loaded, keep, invocation(15)));
  expect(town.log.lines.at(-1)).toMatchObject({ level: 'warn', fields: { reason: 'not allowed yet' } });
});

test('a fleet is drained only by a function that can start', async () => {
  const town = city();
  await expect(answerTerraform(startsAfter(town, 1).loaded, drain, invocation(15))).rejects.toThrow('not allowed yet');
  await answerTerraform(startsAfter(town, 0).loaded, drain, invocation(15));
  expect(town.log.lines.at(-1)?.fields).toEqual({ fleet: 'linux-x64', kind: 'drained' });
});

test('it says what still runs before Lambda would end it', async () => {
  const town = city();
  const begunAt = town.clock.now();
  const list: City['compute']['list'] = () => {
    throw new Error('away');
  };
  const world = { ...town.world, compute: { ...town.world.compute, list } };
  const { loaded } = startsAfter({ ...town, world }, 0);
  await expect(finished(town, answerTerraform(loaded, drain, invocation(2)))).rejects.toThrow('away');
  expect((town.clock.now() - begunAt) / 1000).toBeLessThan(115);
});
