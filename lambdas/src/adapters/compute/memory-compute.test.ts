import { describe, expect, test } from '@jest/globals';
import { allOf, computeContract } from '../../../tests/contracts/compute-contract.ts';
import type { Compute, LaunchRequest } from '../../ports/compute.ts';
import { manualClock } from '../clock/manual-clock.ts';
import { type MemoryComputeOptions, memoryCompute } from './memory-compute.ts';

const [first, second] = [
  { type: 'm7i.large', zone: 'eu-1a' },
  { type: 'm7i.large', zone: 'eu-1b' },
];
const placements = [first, second];
const request: LaunchRequest = {
  token: 'token-1',
  launchId: 'launch-1',
  lane: 'small/org:acme',
  fleet: 'small',
  count: 3,
  market: 'spot',
  placements,
};

computeContract({
  name: 'memory compute',
  make: () => ({ compute: memoryCompute({ clock: manualClock() }), placements }),
});

computeContract({
  name: 'memory compute with lists that lag',
  make: () => {
    const clock = manualClock();
    const compute = memoryCompute({ clock });
    compute.lagLists(60);
    return { compute, placements, settle: () => clock.advance(60) };
  },
});

function start(options: Partial<MemoryComputeOptions> = {}) {
  const clock = manualClock();
  const compute = memoryCompute({ clock, ...options });
  const launchOne = async (): Promise<string> =>
    (await compute.launch({ ...request, count: 1 })).instances[0]?.id ?? 'none came';
  return { clock, compute, launchOne };
}

const listed = (compute: Compute, ids?: readonly string[]) => allOf(compute.list(ids ? { ids } : {}));

describe('a launch', () => {
  test('fills the first placement with room, then the next', async () => {
    const { compute } = start();
    compute.cloud.setCapacity(first, 2);
    const { instances, errors } = await compute.launch(request);
    expect(instances.map(({ zone }) => zone)).toEqual(['eu-1a', 'eu-1a', 'eu-1b']);
    expect(errors).toEqual([expect.objectContaining({ kind: 'capacity', placement: first })]);
  });

  test('brings what there is, and says where there was none', async () => {
    const { compute } = start();
    compute.cloud.setCapacity(first, 1);
    compute.cloud.setCapacity(second, 0);
    const result = await compute.launch(request);
    expect(result.instances).toHaveLength(1);
    expect(result.errors.map((error) => error.placement)).toEqual(placements);
    compute.cloud.setCapacity(second, 9);
    expect(await compute.launch(request)).toEqual(result);
  });

  test('finds room again where a machine ended', async () => {
    const { compute, launchOne } = start();
    compute.cloud.setCapacity(first, 1);
    compute.cloud.shutdown(await launchOne());
    const { instances } = await compute.launch({ ...request, token: 'token-2', count: 1 });
    expect(instances[0]?.zone).toBe('eu-1a');
  });

  test('of too many machines, or of one placement twice, is refused whole', async () => {
    const { compute } = start();
    for (const wrong of [{ count: 101 }, { count: 0 }, { placements: [] }, { placements: [first, second, first] }]) {
      await expect(compute.launch({ ...request, ...wrong })).rejects.toThrow(RangeError);
    }
    expect(await listed(compute)).toEqual([]);
    expect((await compute.launch({ ...request, count: 100 })).instances).toHaveLength(100);
  });

  test('that is refused brings the error and no machine', async () => {
    const { compute } = start();
    const error = { kind: 'quota', message: 'The account has no room.' } as const;
    compute.cloud.refuseLaunches(error);
    expect(await compute.launch(request)).toEqual({ instances: [], errors: [error] });
    compute.cloud.refuseLaunches(undefined);
    expect((await compute.launch({ ...request, token: 'token-2' })).instances).toHaveLength(3);
  });

  test('that fails after its effect is found by its launch id, and replays', async () => {
    let isLost = true;
    const after = (): void => {
      if (isLost) throw new Error('lost');
    };
    const { compute } = start({ hooks: { after } });
    await expect(compute.launch(request)).rejects.toThrow('lost');
    isLost = false;
    expect(await allOf(compute.list({ launchId: 'launch-1' }))).toHaveLength(3);
    expect((await compute.launch(request)).instances).toHaveLength(3);
    expect(compute.counts()).toEqual({ launch: 2, list: 1, end: 0, launched: 3 });
  });
});

describe('a machine', () => {
  test('boots, stops, lingers and is forgotten', async () => {
    const { clock, compute, launchOne } = start({ bootSeconds: 40, stopSeconds: 10, lingerSeconds: 600 });
    const id = await launchOne();
    const seen = [compute.cloud.machine(id)?.state];
    await clock.advance(40);
    seen.push(compute.cloud.machine(id)?.state);
    await compute.end([id], 'test');
    seen.push(compute.cloud.machine(id)?.state);
    await clock.advance(10);
    seen.push(compute.cloud.machine(id)?.state);
    expect(seen).toEqual(['pending', 'running', 'stopping', 'terminated']);
    await clock.advance(589);
    expect(await listed(compute)).toHaveLength(1);
    await clock.advance(1);
    expect(await listed(compute)).toEqual([]);
  });

  test('with a Spot notice runs for two more minutes', async () => {
    const { clock, compute, launchOne } = start();
    const id = await launchOne();
    expect(compute.cloud.noticeOf(id)).toBeNull();
    const endsAt = compute.cloud.giveNotice(id);
    expect(compute.cloud.noticeOf(id)).toBe(endsAt);
    await clock.advance(119);
    expect(await listed(compute, [id])).toEqual([expect.objectContaining({ state: 'running' })]);
    await clock.advance(1);
    const ended = { state: 'terminated', endReason: 'Server.SpotInstanceTermination' };
    expect(await listed(compute, [id])).toEqual([expect.objectContaining(ended)]);
  });

  test('keeps the reason of its first end', async () => {
    const { compute, launchOne } = start();
    const id = await launchOne();
    compute.cloud.giveNotice(id);
    compute.cloud.shutdown(id);
    compute.cloud.interrupt(id);
    expect(compute.cloud.machine(id)?.endReason).toBe('Client.InstanceInitiatedShutdown');
  });

  test('carries what a person or a status check marked', async () => {
    const { compute, launchOne } = start();
    const id = await launchOne();
    compute.cloud.mark(id, { bypassRemoval: true, impaired: true });
    expect(await listed(compute)).toEqual([expect.objectContaining({ bypassRemoval: true, impaired: true })]);
  });
});

test('a list lags behind launches, by name too', async () => {
  const { clock, compute, launchOne } = start();
  compute.lagLists(30);
  const id = await launchOne();
  expect(await listed(compute, [id])).toEqual([]);
  await clock.advance(30);
  expect(await listed(compute, [id])).toHaveLength(1);
});

test('a list that breaks off throws rather than end early', async () => {
  const { compute } = start();
  await compute.launch(request);
  compute.breakLists(2);
  const seen: string[] = [];
  const reading = (async () => {
    for await (const { id } of compute.list({})) seen.push(id);
  })();
  await expect(reading).rejects.toThrow('broke off');
  expect(seen).toHaveLength(2);
});
