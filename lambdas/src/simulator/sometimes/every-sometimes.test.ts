import { describe, expect, test } from '@jest/globals';
import { campaignScenario } from '../../../tests/campaign/campaign.ts';
import type { Fact, FactOf } from '../facts.ts';
import { drawPlan } from '../plan/draw-plan.ts';
import { runSeed } from '../run-seed.ts';
import { countSometimes } from './count-sometimes.ts';
import { everySometimes } from './every-sometimes.ts';

const says =
  (by: FactOf<'log'>['by'], message: string) =>
  (fields: Readonly<Record<string, unknown>> = {}): Fact => ({ kind: 'log', by, message, fields });
const scaleUp = (message: string, fields?: Readonly<Record<string, unknown>>): Fact =>
  says('scale-up', message)(fields);
const settles = (kind: string): Fact => scaleUp('settle', { launchId: 'launch-1', kind });
const waits = (reason: string): Fact => scaleUp('scale-up', { kind: 'wait', reason });
const intent = (reason: string): Fact =>
  scaleUp('intent', { lane: 'linux/org:acme', launchId: 'launch-1', kind: 'written', reason });
const plans = (kind: string, reason?: string): Fact => says('scale-down', 'scale-down')({ kind, reason });
const sweep = (message: string, fields?: Readonly<Record<string, unknown>>): Fact => says('sweep', message)(fields);
const stray = (kind: string): Fact => sweep('sweep', { kind, reason: 'registration-without-instance' });
const host = (fields: Readonly<Record<string, unknown>>): Fact => says('host', 'host')({ instance: 'i-1', ...fields });
const hostEnds = (reason: string): Fact => host({ kind: 'end', reason });
const rung = (reason: string): Fact => ({ kind: 'lane-looked-at', lane: 'linux/org:acme', reason });
const jobRead = (before: string, after: string, is?: string): Fact =>
  scaleUp('read-job', { kind: before === after ? 'confirmed' : 'moved', before, after, says: is });
const launched = (launchId: string): Fact => ({
  ...{ kind: 'instance-launched', instance: 'i-1', fleet: 'linux', lane: 'linux/org:acme', launchId },
  ...{ type: 'm7i.large', zone: 'a', market: 'spot', dollarsAnHour: 0.1 },
});
const jobStarted: Fact = { kind: 'job-started', job: 'job', runner: 'ci-i-1', instance: 'i-1' };
const named = (name: string): Fact => ({
  ...{ kind: 'registration-made', name, scope: 'org:acme', instance: 'i-1', askedBy: 'scale-up 1' },
});
const invocation = (outcome: 'done' | 'timed-out'): Fact => ({ kind: 'invocation', function: 'scale-up', outcome });
const runnerStarted: Fact = { kind: 'runner-started', instance: 'i-1', runner: 'ci-i-1' };
const agentDied: Fact = { kind: 'fault', fault: 'agents-die', subject: 'i-1' };
const closed = says('scale-down', 'breaker')({ fleet: 'linux', kind: 'closed', reason: 'runner-registered' });
const adopted = sweep('A machine had no row.', { runner: 'i-1', kind: 'adopted' });
const mismatch = scaleUp('A launch call failed.', { launchId: 'launch-1', reason: 'IdempotentParameterMismatch' });

/** For each branch what reaches it, and nothing else does, once. */
const stories: Readonly<Record<string, readonly Fact[]>> = {
  'intent-answer-lost': [scaleUp('The answer to an intent was lost; asking whether it was written.')],
  'intent-never-called': [settles('nothing-was-called')],
  'intent-replayed': [settles('replayed')],
  'intent-listed': [settles('listed')],
  'intent-waits-for-lists': [settles('waits')],
  'intent-taken-by-another': [settles('taken-by-other')],
  'token-mismatched': [settles('listed'), mismatch, settles('listed')],
  'machine-adopted': [adopted, sweep('A machine had no row.', { runner: 'i-2', kind: 'known' })],
  'decision-overtaken': [scaleUp('launched', { kind: 'lost' }), scaleUp('launched', { kind: 'full' })],
  'pool-launched': [scaleUp('scale-up', { kind: 'launch', reason: 'pool-is-due' })],
  'fleet-limit-reached': [waits('fleet-limit')],
  'deployment-limit-reached': [waits('deployment-limit')],
  'older-lane-in-fleet-first': [waits('older-lane-in-fleet')],
  'older-lane-in-deployment-first': [waits('older-lane-in-deployment')],
  'freed-slot-passed-on': [rung('slot-left-over'), rung('slot-freed')],
  'hourly-cap-reached': [rung('hourly-cap')],
  'full-place-rests': [scaleUp('launched', { kind: 'short' })],
  'no-place-left': [waits('no-capacity')],
  'on-demand-failover': [scaleUp('step', { kind: 'on-demand' })],
  'launch-refused': [scaleUp('launched', { kind: 'refused' })],
  'breaker-opened': [waits('breaker-open')],
  'breaker-probed': [intent('breaker-probe'), intent('jobs-wait')],
  'breaker-closed': [closed, intent('breaker-probe'), closed, closed],
  'job-found-by-sweep': [rung('job-without-event'), rung('job-queued')],
  'missed-event-heard': [rung('missed-event')],
  'job-moved-back': [jobRead('running', 'queued', 'queued'), jobRead('queued', 'queued', 'queued')],
  'job-unknown-to-forge': [jobRead('queued', 'done'), jobRead('done', 'done')],
  'job-end-read': [jobRead('running', 'done', 'done')],
  'job-unreadable': [scaleUp('A job could not be read at the forge.')],
  'job-requeued': [{ kind: 'job-requeued', job: 'job' }],
  'job-stuck': [sweep('Jobs wait though runners came for them.')],
  'worker-without-event': [waits('worker-without-event')],
  'configuration-changed': [rung('configuration-changed')],
  'pool-served-job': [launched('launch-0'), jobStarted, intent('pool-is-due'), launched('launch-1'), jobStarted],
  'surplus-let-go': [plans('ask-to-leave', 'surplus')],
  'slot-given-up': [plans('ask-to-leave', 'others-wait')],
  'removed-fleet-drained': [plans('ask-to-leave', 'fleet-removed')],
  'vanished-registration-seen': [plans('ask-to-leave', 'forge-does-not-know-it')],
  'worker-while-leaving': [plans('take-back', 'worker-while-leaving')],
  'removal-refused': [plans('take-back', 'forge-says-busy')],
  'person-kept-machine': [plans('take-back', 'bypass-removal')],
  'volunteer-needed-for-jobs': [plans('refuse-to-let-go', 'jobs-wait')],
  'idle-window-kept-runner': [plans('refuse-to-let-go', 'idle-window')],
  'silent-runner-ended': [plans('end-lost', 'silent')],
  'impaired-machine-ended': [plans('end-lost', 'impaired')],
  'silence-of-many-doubted': [plans('keep', 'too-many-silent-at-once')],
  'silent-runner-online': [plans('keep', 'silent-but-online')],
  'silent-runner-busy': [plans('keep', 'silent-but-forge-says-busy')],
  'silent-runner-has-job': [plans('read-job', 'silent-but-a-job-names-it')],
  'foreign-job-seen': [plans('keep', 'foreign-job')],
  'boot-limit-passed': [plans('end-unstarted', 'boot-limit')],
  'row-closed-by-absence': [plans('close', 'absent'), plans('close', 'terminated')],
  'host-left': [hostEnds('left'), hostEnds('job-done')],
  'host-left-by-itself': [hostEnds('control-plane-silent')],
  'host-rowless': [hostEnds('row-gone')],
  'host-without-grant': [hostEnds('boot-limit')],
  'grant-void': [hostEnds('grant-void')],
  'grant-lost': [hostEnds('grant-lost')],
  'runner-exited': [hostEnds('runner-exited')],
  'spot-notice-while-idle': [hostEnds('spot-notice')],
  'spot-took-worker': [
    { kind: 'job-ended', job: 'job', how: 'spot', instance: 'i-1' },
    { kind: 'job-ended', job: 'job', how: 'finished', instance: 'i-1' },
  ],
  'agent-restarted': [agentDied, host({ kind: 'renew' }), runnerStarted, agentDied, host({ kind: 'renew' })],
  'name-taken': [named('ci-i-1'), named('ci-i-1.x7f2')],
  'grant-refused': [scaleUp('Grants could not be minted; the next pass mints them.')],
  'grant-minted-later': [scaleUp('grants', { kind: 'mint', reason: 'grants-missing' })],
  'grant-too-late': [scaleUp('A grant came too late.')],
  'stray-removed': [stray('removed')],
  'webhook-asked-again': [says('webhook', 'A delivery could not be recorded.')()],
  'scale-up-timed-out': [invocation('done'), invocation('timed-out')],
  'message-returned': [scaleUp('A lane could not be served; its messages return to the queue.')],
  'message-dead': [{ kind: 'dead-letter', lane: 'linux/org:acme' }],
  'continuation-lost': [rung('lane-lacks-runners')],
  'intent-without-owner': [rung('intent-without-owner')],
};

/** Who tells of one branch may tell of another. */
const alongTheWay: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'token-mismatched': { 'intent-listed': 2 },
  'breaker-closed': { 'breaker-probed': 1 },
};

function reachedBy(story: readonly Fact[]): Readonly<Record<string, number>> {
  const { witness, counts } = countSometimes();
  for (const fact of story) witness(fact, 0);
  return Object.fromEntries(Object.entries(counts()).filter(([, times]) => times > 0));
}

describe('a branch is reached by what it is about, and by nothing else', () => {
  test('there is a story of each', () => {
    expect(Object.keys(stories)).toEqual(everySometimes.map(({ name }) => name));
  });

  test.each(Object.entries(stories))('%s', (name, story) => {
    expect(reachedBy(story)).toEqual({ [name]: 1, ...alongTheWay[name] });
  });
});

test('names are kebab-case, each only once, and each has a sentence', () => {
  const names = everySometimes.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  for (const { sentence } of everySometimes) expect(sentence).toMatch(/^[A-Z].*\.$/);
});

test('what was never reached is counted too, as none', () => {
  expect(Object.keys(countSometimes().counts())).toEqual(everySometimes.map(({ name }) => name));
  expect(Object.values(countSometimes().counts()).every((times) => times === 0)).toBe(true);
});

test('two runs know nothing of each other', () => {
  const [first, second] = [countSometimes(), countSometimes()];
  first.witness(intent('breaker-probe'), 0);
  second.witness(closed, 0);
  expect(second.counts()['breaker-closed']).toBe(0);
});

test('some seeds under heavy faults reach most of them', async () => {
  const total = new Map<string, number>();
  for (let seed = 1; seed <= 40; seed++) {
    const { result } = await runSeed(drawPlan(seed, campaignScenario));
    for (const [name, times] of Object.entries(result.sometimes)) total.set(name, (total.get(name) ?? 0) + times);
  }
  const reached = [...total.values()].filter((times) => times > 0).length;
  expect(total.size).toBe(everySometimes.length);
  expect(reached).toBeGreaterThan((everySometimes.length * 2) / 3);
});
