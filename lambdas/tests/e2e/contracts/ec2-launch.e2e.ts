import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DeniedError, ThrottledError } from '../../../src/core/errors.ts';
import type { LaunchErrorKind, LaunchResult } from '../../../src/core/instance.ts';
import { TokenMismatchError } from '../../../src/ports/compute.ts';
import { allOf } from '../../contracts/compute-contract.ts';
import type { Loss } from '../../engine/ec2-proxy/faults.ts';
import { type Ec2Testbed, ec2Testbed, statesInMoto } from '../ec2-testbed.ts';

let town: Ec2Testbed;

beforeEach(async () => {
  town = await ec2Testbed();
});

afterEach(() => town.proxy.stop());

const listed = () => allOf(town.compute().list({}));

test('a machine is listed as it was launched, but for when, which EC2 says by its own clock', async () => {
  const { instances } = await town.compute().launch(town.request({ count: 1 }));
  const [seen] = await listed();
  expect({ ...seen, state: 'pending', launchedAt: instances[0]?.launchedAt }).toEqual(instances[0]);
  expect(Math.abs((seen?.launchedAt ?? 0) - (instances[0]?.launchedAt ?? 0))).toBeLessThan(10_000);
});

test('machines of either market are told apart', async () => {
  await town.compute().launch(town.request({ count: 1 }));
  await town.compute().launch(town.request({ token: 'token-2', count: 1, market: 'on-demand' }));
  expect((await listed()).map(({ market }) => market)).toEqual(['spot', 'on-demand']);
});

test('1,000 machines are ten calls of CreateFleet, and no other', async () => {
  const compute = town.compute();
  const calls = Array.from({ length: 10 }, (_, call) => town.request({ token: `token-${call}`, count: 100 }));
  const results = await Promise.all(calls.map((request) => compute.launch(request)));
  expect(new Set(results.flatMap(({ instances }) => instances.map(({ id }) => id))).size).toBe(1000);
  expect(town.control.counts().byAction).toEqual({ CreateFleet: 10 });
});

test('a pool that is named twice comes once', async () => {
  const [first] = town.placements;
  if (!first) throw new Error('moto has no zone');
  const { instances, errors } = await town.compute().launch(town.request({ placements: [first, { ...first }] }));
  expect([instances.length, errors]).toEqual([2, []]);
});

test('two subnets of one zone take turns, and are no pool that is named twice', async () => {
  const [first] = town.settings.subnets;
  const second = await town.addSubnet(first?.zone ?? '');
  const compute = town.compute({ subnets: [...town.settings.subnets, second] });
  const calls = Array.from({ length: 8 }, (_, call) => town.request({ token: `token-${call}`, count: 1 }));
  const results = await Promise.all(calls.map((request) => compute.launch(request)));
  expect(results.flatMap(({ errors }) => errors)).toEqual([]);
  const used = new Set(town.control.machines().map(({ subnet }) => subnet));
  expect(used).toEqual(new Set([first?.id, second.id]));
});

describe('a place', () => {
  test('without capacity says so, and the others fill in', async () => {
    const [first, second] = town.placements;
    town.control.setCapacity({ machines: 0 });
    town.control.setCapacity({ ...second, machines: 1 });
    const { instances, errors } = await town.compute().launch(town.request({ count: 3 }));
    expect(instances.map(({ type, zone }) => ({ type, zone }))).toEqual([second]);
    expect(errors).toHaveLength(town.placements.length);
    expect(errors[0]).toMatchObject({ kind: 'capacity', placement: first });
  });

  test.each<[string, LaunchErrorKind]>([
    ['InsufficientInstanceCapacity', 'capacity'],
    ['SpotMaxPriceTooLow', 'capacity'],
    ['UnfulfillableCapacity', 'capacity'],
    ['MaxSpotInstanceCountExceeded', 'quota'],
    ['VcpuLimitExceeded', 'quota'],
    ['RequestLimitExceeded', 'throttle'],
    ['InvalidFleetConfiguration', 'configuration'],
    ['UnauthorizedOperation', 'permission'],
    ['BrandNewTrouble', 'unknown'],
  ])('that answers %s is an error of the kind %s there', async (code, kind) => {
    town.control.refusePlaces({ code });
    const { instances, errors } = await town.compute().launch(town.request());
    expect(instances).toEqual([]);
    expect(errors.map((error) => error.kind)).toEqual(town.placements.map(() => kind));
    expect(errors.map(({ placement }) => placement)).toEqual(town.placements);
  });

  test('without addresses has room for no type of its zone', async () => {
    const [first] = town.placements;
    town.control.setCapacity({ machines: 0 });
    town.control.refusePlaces({ ...first, code: 'InsufficientFreeAddressesInSubnet' });
    const { errors } = await town.compute().launch(town.request());
    const full = errors.filter(({ message }) => message.startsWith('InsufficientFreeAddresses'));
    expect(full.map(({ placement }) => placement)).toEqual(town.placements.filter(({ zone }) => zone === first?.zone));
  });
});

describe('a refusal of the whole call', () => {
  test.each<[string, LaunchErrorKind]>([
    ['UnfulfillableCapacity', 'capacity'],
    ['VcpuLimitExceeded', 'quota'],
    ['InvalidFleetConfig', 'configuration'],
  ])('%s brings no machine, and says why: %s', async (code, kind) => {
    town.control.refuseCalls({ action: 'CreateFleet', code });
    expect(await town.compute().launch(town.request())).toMatchObject({ instances: [], errors: [{ kind }] });
  });

  test('that moto makes itself is sorted too', async () => {
    const { errors } = await town.compute({ launchTemplateId: 'lt-00000000000000000' }).launch(town.request());
    expect(errors).toEqual([{ kind: 'configuration', message: expect.stringContaining('InvalidLaunchTemplate') }]);
  });

  test('for too many calls, and for a missing right, is thrown as what it is', async () => {
    town.control.refuseCalls({ action: 'CreateFleet', code: 'RequestLimitExceeded', status: 503, times: 3 });
    await expect(town.compute().launch(town.request())).rejects.toThrow(ThrottledError);
    town.control.refuseCalls({ action: 'CreateFleet', code: 'UnauthorizedOperation', status: 403 });
    await expect(town.compute().launch(town.request())).rejects.toThrow(DeniedError);
  });

  test('for a template that changed between a call and its replay is a mismatch', async () => {
    await town.compute().launch(town.request());
    const changed = town.compute({ maxSpotPrice: '0.5' });
    await expect(changed.launch(town.request())).rejects.toThrow(TokenMismatchError);
    expect(await listed()).toHaveLength(2);
  });
});

describe('an answer that is lost', () => {
  const losses: Loss[] = [
    { when: 'before', how: 'reset' },
    { when: 'after', how: 'reset' },
    { when: 'before', how: 'error' },
    { when: 'after', how: 'error' },
  ];

  test.each(losses)('$when the call took effect, by $how: one fleet in the end', async (loss) => {
    town.control.loseAnswers({ action: 'CreateFleet', ...loss });
    const { instances } = await town.compute().launch(town.request());
    expect(instances).toHaveLength(2);
    expect((await listed()).map(({ id }) => id)).toEqual(instances.map(({ id }) => id));
    expect(town.control.counts().byAction.CreateFleet).toBe(2);
  });

  test.each(losses)(
    '$when the call took effect, by $how, again and again: a replay finds the one fleet',
    async (loss) => {
      town.control.loseAnswers({ action: 'CreateFleet', ...loss, times: 3 });
      const error = await town
        .compute()
        .launch(town.request())
        .catch((thrown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect([ThrottledError, DeniedError, TokenMismatchError].some((kind) => error instanceof kind)).toBe(false);

      const { instances } = await town.compute().launch(town.request());
      expect(instances).toHaveLength(2);
      expect((await allOf(town.compute().list({ launchId: 'launch-1' }))).map(({ id }) => id)).toEqual(
        instances.map(({ id }) => id),
      );
    },
  );
});

test('with every second call failing, before or after it took effect, each launch comes once', async () => {
  town.control.failAtRandom({ probability: 0.5, seed: 11 });
  const untilKnown = async (launch: number): Promise<LaunchResult> => {
    const request = town.request({ token: `token-${launch}`, launchId: `launch-${launch}`, count: 3 });
    for (;;) {
      const result = await town
        .compute()
        .launch(request)
        .catch(() => undefined);
      if (result) return result;
    }
  };
  const results = await Promise.all(Array.from({ length: 20 }, (_, launch) => untilKnown(launch)));
  const came = results.flatMap(({ instances }) => instances.map(({ id }) => id));
  town.control.clearFaults();
  expect(came).toHaveLength(60);
  expect((await listed()).map(({ id }) => id).sort()).toEqual([...came].sort());
}, 120_000);

test('a machine that ends is ended in moto too', async () => {
  const { instances } = await town.compute().launch(town.request({ count: 1 }));
  const ids = instances.map(({ id }) => id);
  await town.compute().end(ids, 'test');
  expect(await statesInMoto(ids)).toEqual(['terminated']);
  expect(await listed()).toMatchObject([{ state: 'terminated', endReason: 'Client.UserInitiatedShutdown' }]);
});
