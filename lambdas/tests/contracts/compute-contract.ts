import { expect } from '@jest/globals';
import {
  type Compute,
  type Instance,
  type InstanceFilter,
  type LaunchRequest,
  type Placement,
  TokenMismatchError,
} from '../../src/ports/compute.ts';
import { contract, type Skip } from './contract.ts';

/** A provider with no machine, and room for a few. */
export interface ComputeSubject {
  readonly compute: Compute;
  /** Where it has machines. */
  readonly placements: readonly Placement[];
  /** Until lists show what was done. */
  readonly settle?: () => Promise<void>;
}

export interface ComputeContract {
  readonly name: string;
  readonly make: () => ComputeSubject | Promise<ComputeSubject>;
  readonly skips?: readonly Skip[];
}

/** What every provider of machines does. */
export function computeContract({ name, make, skips }: ComputeContract): void {
  const facts = { ...launchFacts(make), ...replayFacts(make), ...listFacts(make), ...endFacts(make) };
  contract(`${name} keeps the compute's contract`, facts, skips);
}

/** A whole list. */
export async function allOf(list: AsyncIterable<Instance>): Promise<readonly Instance[]> {
  const instances: Instance[] = [];
  for await (const instance of list) instances.push(instance);
  return instances;
}

const idsOf = (instances: readonly Instance[]) => instances.map((instance) => instance.id).sort();

async function prepare(make: ComputeContract['make']) {
  const { compute, placements, settle } = await make();
  const request = (changes: Partial<LaunchRequest> = {}): LaunchRequest => ({
    token: 'token-1',
    launchId: 'launch-1',
    lane: 'small/org:acme',
    fleet: 'small',
    count: 2,
    market: 'spot',
    placements,
    ...changes,
  });
  const list = async (filter: InstanceFilter = {}): Promise<readonly Instance[]> => {
    await settle?.();
    return allOf(compute.list(filter));
  };
  return { compute, request, list };
}

const launchFacts = (make: ComputeContract['make']) => ({
  'as many machines come as were asked for, each with what it was launched for': async () => {
    const { compute, request } = await prepare(make);
    const { placements, ...asked } = request({ count: 3 });
    const { instances, errors } = await compute.launch({ ...asked, placements });
    expect(errors).toEqual([]);
    expect(new Set(idsOf(instances)).size).toBe(3);
    for (const instance of instances) {
      const { lane, fleet, launchId, market } = asked;
      expect(instance).toMatchObject({ lane, fleet, launchId, market, bypassRemoval: false, impaired: false });
      expect(['pending', 'running']).toContain(instance.state);
      expect(placements).toContainEqual({ type: instance.type, zone: instance.zone });
    }
  },

  'a machine is listed as it was launched': async () => {
    const { compute, request, list } = await prepare(make);
    const { instances } = await compute.launch(request({ count: 1 }));
    const [listed] = await list();
    expect({ ...listed, state: instances[0]?.state }).toEqual(instances[0]);
  },
});

const replayFacts = (make: ComputeContract['make']) => ({
  'the same request with the same token answers the same machines, and starts none': async () => {
    const { compute, request, list } = await prepare(make);
    const first = await compute.launch(request());
    const again = await compute.launch(request());
    expect(idsOf(again.instances)).toEqual(idsOf(first.instances));
    expect(idsOf(await list())).toEqual(idsOf(first.instances));
  },

  'concurrent calls with one token start its machines once': async () => {
    const { compute, request, list } = await prepare(make);
    const results = await Promise.all([1, 2, 3].map(() => compute.launch(request())));
    const listed = idsOf(await list());
    expect(listed).toHaveLength(2);
    expect(results.map((result) => idsOf(result.instances))).toEqual([listed, listed, listed]);
  },

  'a token is refused for another request, and still answers its own': async () => {
    const { compute, request, list } = await prepare(make);
    const { instances } = await compute.launch(request());
    for (const other of [{ count: 1 }, { launchId: 'launch-2' }, { market: 'on-demand' as const }]) {
      await expect(compute.launch(request(other))).rejects.toThrow(TokenMismatchError);
    }
    expect(idsOf(await list())).toEqual(idsOf(instances));
    expect(idsOf((await compute.launch(request())).instances)).toEqual(idsOf(instances));
  },

  'a replay after the end answers the same machines, and starts none': async () => {
    const { compute, request, list } = await prepare(make);
    const ids = idsOf((await compute.launch(request())).instances);
    await compute.end(ids, 'test');
    expect(idsOf((await compute.launch(request())).instances)).toEqual(ids);
    expect((await list()).filter(isAlive)).toEqual([]);
  },
});

const listFacts = (make: ComputeContract['make']) => ({
  'a list can be of one launch, over all of its steps': async () => {
    const { compute, request, list } = await prepare(make);
    const first = await compute.launch(request());
    const second = await compute.launch(request({ token: 'token-2', count: 1 }));
    await compute.launch(request({ token: 'token-3', launchId: 'launch-2', count: 1 }));
    const ids = idsOf([...first.instances, ...second.instances]);
    expect(idsOf(await list({ launchId: 'launch-1' }))).toEqual(ids);
    expect(await list({ launchId: 'launch-3' })).toEqual([]);
    expect(await list()).toHaveLength(4);
  },

  'a list can be of those named: the unknown are not in it, and of none it is empty': async () => {
    const { compute, request, list } = await prepare(make);
    const [id = ''] = idsOf((await compute.launch(request())).instances);
    expect(idsOf(await list({ ids: [id, 'i-0123456789abcdef0'] }))).toEqual([id]);
    expect(await list({ ids: ['i-0123456789abcdef0'] })).toEqual([]);
    expect(await list({ ids: [] })).toEqual([]);
    expect(await list({ ids: [id], launchId: 'launch-2' })).toEqual([]);
  },
});

const isAlive = ({ state }: Instance): boolean => state === 'pending' || state === 'running';

const endFacts = (make: ComputeContract['make']) => ({
  'an ended machine stays listed for a while, and the others live on': async () => {
    const { compute, request, list } = await prepare(make);
    const [ended = '', other] = idsOf((await compute.launch(request())).instances);
    await compute.end([ended], 'test');
    const listed = await list();
    expect(idsOf(listed)).toEqual([ended, other]);
    expect(idsOf(listed.filter(isAlive))).toEqual([other]);
  },

  'a list can leave out what is terminated, and nothing else': async () => {
    const { compute, request, list } = await prepare(make);
    const [ended = '', other = ''] = idsOf((await compute.launch(request())).instances);
    await compute.end([ended], 'test');
    const listed = await list({ isAlive: true });
    expect(listed.map(({ state }) => state)).not.toContain('terminated');
    expect(idsOf(listed)).toContain(other);
    expect(idsOf(await list({ isAlive: true, ids: [other] }))).toEqual([other]);
  },

  'ending what is ended or unknown is no error': async () => {
    const { compute, request, list } = await prepare(make);
    const ids = idsOf((await compute.launch(request())).instances);
    await compute.end([...ids, 'i-0123456789abcdef0'], 'test');
    await compute.end(ids, 'test');
    await compute.end([], 'test');
    expect((await list()).filter(isAlive)).toEqual([]);
  },

  'ending none ends none': async () => {
    const { compute, request, list } = await prepare(make);
    await compute.launch(request());
    await compute.end([], 'test');
    expect((await list()).filter(isAlive)).toHaveLength(2);
  },
});
