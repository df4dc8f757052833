import fc from 'fast-check';
import { after, type Instant } from '../../core/instant.ts';
import type { Fact, FactOf, JobEnd, Witness } from '../facts.ts';

/** A Monday noon: second 0 of every story below. */
export const startAt: Instant = Date.UTC(2026, 0, 5, 12);
export const at = (seconds: number): Instant => after(startAt, seconds);

export type Told = readonly [seconds: number, fact: Fact];

export function tell(hear: Witness, ...story: readonly Told[]): void {
  for (const [seconds, fact] of story) hear(fact, at(seconds));
}

export const jobQueued = (job: string, fields: Partial<FactOf<'job-queued'>> = {}): Fact => ({
  ...{ kind: 'job-queued', job, repo: 'acme/app', labels: ['linux'], fleet: 'linux' },
  ...fields,
});
export const jobStarted = (job: string, instance: string): Fact => ({
  ...{ kind: 'job-started', job, instance, runner: `runner-${instance}` },
});
export const jobEnded = (job: string, instance: string | undefined, how: JobEnd = 'finished'): Fact => ({
  ...{ kind: 'job-ended', job, instance, how },
});
export const delivered = (job: string, fields: Partial<FactOf<'delivery'>> = {}): Fact => ({
  ...{ kind: 'delivery', job, state: 'queued', status: 201, again: false },
  ...fields,
});
export const looked = (lane = 'linux/org:acme'): Fact => ({ kind: 'lane-looked-at', lane, reason: 'job-queued' });
export const launchCalled = (launchId: string, lane = 'linux/org:acme'): Fact => ({
  ...{ kind: 'launch-called', lane, launchId, count: 1 },
});
export const launched = (instance: string, fields: Partial<FactOf<'instance-launched'>> = {}): Fact => ({
  ...{ kind: 'instance-launched', instance, fleet: 'linux', lane: 'linux/org:acme', launchId: `launch-${instance}` },
  ...{ type: 'm6i.large', zone: 'us-east-1a', market: 'spot', dollarsAnHour: 0.036 },
  ...fields,
});
export const running = (instance: string): Fact => ({ kind: 'instance-running', instance });
export const online = (instance: string): Fact => ({ kind: 'runner-online', instance, runner: `runner-${instance}` });
export const ending = (instance: string): Fact => ({
  ...{ kind: 'instance-ending', instance, by: 'itself', reason: 'job-done' },
});
export const gone = (instance: string): Fact => ({ kind: 'instance-gone', instance, by: 'itself' });

const seconds = (most: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: most * 1000 }).map((ms) => ms / 1000);

/** A job and a machine that takes it or not, whichever of them came first; some jobs are told by no delivery. */
const life = fc.record({
  queued: seconds(20_000),
  event: fc.option(seconds(100)),
  looks: fc.array(seconds(200), { maxLength: 3 }),
  launchCalled: seconds(20_000),
  steps: fc.tuple(seconds(5), seconds(30), seconds(90), seconds(900), seconds(4_000), seconds(120), seconds(60)),
  outcome: fc.constantFrom<'ran' | 'cancelled' | 'spot' | 'unused'>('ran', 'cancelled', 'spot', 'unused'),
});
type Life = typeof life extends fc.Arbitrary<infer One> ? One : never;

/** Many of them at once, told in the order of time. */
export const stories: fc.Arbitrary<readonly Told[]> = fc
  .array(life, { maxLength: 25 })
  .map((lives) => lives.flatMap(lifeTold).toSorted(([one], [other]) => one - other));

function lifeTold({ queued, event, looks, steps, outcome, ...life }: Life, number: number): readonly Told[] {
  const [job, machine] = [`job-${number}`, `i-${number}`];
  const [toLaunch, toRunning, toOnline, idle, work, toEnding, toGone] = steps;
  const called = life.launchCalled;
  const launchedAt = called + toLaunch;
  const runningAt = launchedAt + toRunning;
  const onlineAt = runningAt + toOnline;
  const startedAt = Math.max(queued, onlineAt + idle);
  const endedAt = startedAt + work;
  const endingAt = endedAt + toEnding;
  const goneAt = endingAt + toGone;
  const ran: readonly Told[] = [
    [startedAt, jobStarted(job, machine)],
    [endedAt, jobEnded(job, machine, outcome === 'spot' ? 'spot' : 'finished')],
  ];
  return [
    [queued, jobQueued(job)],
    ...(event === null ? [] : [[queued + event, delivered(job)] as const]),
    ...looks.map((look) => [queued + look, looked()] as const),
    [called, launchCalled(`launch-${machine}`)],
    [launchedAt, launched(machine, number % 3 === 0 ? { market: 'on-demand', dollarsAnHour: 0.096 } : {})],
    [runningAt, running(machine)],
    [onlineAt, online(machine)],
    ...(outcome === 'ran' || outcome === 'spot' ? ran : []),
    ...(outcome === 'cancelled' ? [[queued + 1, jobEnded(job, undefined, 'cancelled')] as const] : []),
    [endingAt, ending(machine)],
    [goneAt, gone(machine)],
  ];
}
