import { describe, expect, test } from '@jest/globals';
import { allOf, computeContract } from '../../../tests/contracts/compute-contract.ts';
import { awaited } from '../../../tests/simulator/in-virtual-time.ts';
import type { LaunchRequest, Placement } from '../../core/instance.ts';
import type { Compute } from '../../ports/compute.ts';
import { chance } from '../engine/chance.ts';
import { virtualTime } from '../engine/virtual-time.ts';
import type { Fact } from '../facts.ts';
import { type Cloud, type CloudOptions, cloud } from './cloud.ts';
import { computePort } from './function-ports.ts';
import { wire } from './wire.ts';

const placements: readonly Placement[] = [
  { type: 'm7i.large', zone: 'eu-1a' },
  { type: 'm7i.large', zone: 'eu-1b' },
];
const request: LaunchRequest = {
  token: 'token-1',
  launchId: 'launch-1',
  lane: 'small/org:acme',
  fleet: 'small',
  count: 3,
  market: 'spot',
  placements,
};
const nothing = (): undefined => undefined;

function start(options: Partial<CloudOptions> = {}, capacity: CloudOptions['pools']['capacity'] = nothing) {
  const time = virtualTime(Date.UTC(2026, 0, 5));
  const dice = chance(7);
  const facts: Fact[] = [];
  const ec2 = cloud({
    time,
    chance: dice.stream('cloud'),
    tell: (fact) => void facts.push(fact),
    launchTrouble: nothing,
    isHidden: () => false,
    fateOf: nothing,
    onRunning: nothing,
    onEnding: nothing,
    onGone: nothing,
    pools: { now: time.now, chance: dice.stream('pools'), prices: {}, capacity },
    ...options,
  });
  const over = wire({ time, chance: dice.stream('wire'), trouble: nothing, isSlowBothWays: true });
  const compute = awaited(time, computePort(over, { role: 'scale-up', isDead: () => false }, ec2), ['list']);
  const pass = (seconds: number): Promise<void> => time.run(time.now() + seconds * 1000);
  return { time, ec2, compute, facts, pass };
}

computeContract({
  name: 'the simulated EC2',
  make: () => ({ compute: start().compute, placements }),
});

computeContract({
  name: 'the simulated EC2 with lists that lag',
  make: () => {
    let isLate = true;
    const { compute } = start({ isHidden: () => isLate });
    const settle = async (): Promise<void> => {
      isLate = false;
    };
    return { compute, placements, settle };
  },
});

describe('a machine of the simulated EC2', () => {
  const launchOne = async (compute: Compute): Promise<string> =>
    (await compute.launch({ ...request, count: 1 })).instances[0]?.id ?? 'none came';

  test('is pending, then running, and takes its time to end', async () => {
    const { compute, ec2, pass } = start();
    const id = await launchOne(compute);
    expect(ec2.get(id)?.state).toBe('pending');
    await pass(60);
    expect(ec2.get(id)?.state).toBe('running');
    ec2.end(id, 'itself', 'job-done');
    expect(ec2.get(id)?.state).toBe('stopping');
    await pass(60);
    expect(ec2.get(id)).toMatchObject({ state: 'terminated', endReason: 'job-done' });
    expect(ec2.alive.size).toBe(0);
  });

  test('is listed for an hour after its end, and no longer', async () => {
    const { compute, ec2, pass } = start();
    ec2.end(await launchOne(compute), 'itself', 'job-done');
    await pass(3500);
    expect(await allOf(compute.list({}))).toHaveLength(1);
    await pass(600);
    expect(await allOf(compute.list({}))).toHaveLength(0);
  });

  test('is taken back two minutes after its notice, and Spot is named as the cause', async () => {
    const { compute, ec2, facts, pass } = start();
    const id = await launchOne(compute);
    await pass(60);
    ec2.giveNotice(id);
    expect(ec2.noticeOf(id)).not.toBeNull();
    await pass(110);
    expect(ec2.get(id)?.state).toBe('running');
    await pass(60);
    expect(facts).toContainEqual(expect.objectContaining({ kind: 'instance-gone', instance: id, by: 'spot' }));
    expect(ec2.get(id)?.endReason).toBe('Server.SpotInstanceTermination');
  });

  test('frees its place in its pool only when it is gone', async () => {
    const { compute, ec2, pass } = start({}, () => 1);
    const [first] = (await compute.launch({ ...request, count: 2 })).instances;
    expect((await compute.launch({ ...request, token: 'token-2', count: 1 })).instances).toHaveLength(0);
    ec2.end(first?.id ?? '', 'itself', 'job-done');
    await pass(60);
    expect((await compute.launch({ ...request, token: 'token-3', count: 1 })).instances).toHaveLength(1);
  });
});

describe('the limits of the simulated EC2', () => {
  const launches = (ec2: Cloud, count: number): number => {
    let done = 0;
    for (let i = 0; i < count; i++) {
      try {
        ec2.launch({ ...request, token: `token-${i}`, count: 1 });
        done += 1;
      } catch {
        break;
      }
    }
    return done;
  };

  test('let 50 launches through at once, and then 5 a second', async () => {
    const { ec2, pass } = start();
    expect(launches(ec2, 100)).toBe(50);
    await pass(2);
    expect(launches(ec2, 100)).toBe(10);
  });

  test('let 1,000 machines through at once, and then 2 a second', async () => {
    const { ec2, pass } = start();
    const launch = (token: string, count: number) => ec2.launch({ ...request, token, count });
    for (let i = 0; i < 10; i++) launch(`token-${i}`, 100);
    expect(() => launch('one-more', 100)).toThrow('RequestLimitExceeded');
    await pass(50);
    expect(launch('later', 100).instances).toHaveLength(100);
  });
});
