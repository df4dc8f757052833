import { beforeAll, expect, test } from '@jest/globals';
import {
  ago,
  aHost,
  aLaneJob,
  aLease,
  anInstance,
  aRegistration,
  aRow,
  now,
  silentLooks,
} from '../../tests/doubles/lane-facts.ts';
import { fleet } from '../../tests/fleet.ts';
import { type LeaseLook, leaseLookOf } from './lease-look.ts';
import type { HostRow, RunnerRow } from './runner.ts';
import { planRunner, type RunnerLook, type RunnerPlan } from './runner-plan.ts';
import { standingOf } from './runner-state.ts';
import { documentedTiming as timing } from './timing.ts';

const mine = fleet({ runnerBootTimeMinutes: 15, hardLimitHours: 121 });

const phases = ['up', 'leaving'] as const;
const sights = [undefined, 'booting', 'idle', 'busy', 'leaving', 'done'] as const;
const grants = ['no-row', 'none', 'given', 'taken', 'void'] as const;
const asks = [undefined, 'leave', 'removed', 'stay'] as const;
const ages = { young: 30, old: 3_600, ancient: 122 * 3_600 } as const;
/** How the lease looks: written lately, or not; where not, for how long it is known to stand still, and last seen so. */
const silences = {
  moving: { at: ago(10) },
  suspect: { at: ago(3_600) },
  silent: { at: ago(3_600), noted: 600, offlineToo: true },
  'long-silent': { at: ago(3_600), noted: 900, offlineToo: true },
  'long-silent-online-first': { at: ago(3_600), noted: 900, offlineToo: false },
  'long-silent-unseen': { at: ago(3_600), noted: 900, offlineToo: true, seen: 300 },
} as const;
const registrations: Readonly<Record<string, RunnerLook['registration']>> = {
  unknown: 'unknown',
  absent: 'absent',
  online: aRegistration(),
  'online-busy': aRegistration({ busy: true }),
  offline: aRegistration({ online: false }),
  'offline-busy': aRegistration({ online: false, busy: true }),
};
const machines: Readonly<Record<string, { readonly instance: RunnerLook['instance']; readonly missing?: number }>> = {
  unlisted: { instance: 'unlisted' },
  'unlisted-lately': { instance: 'unlisted', missing: 299 },
  'unlisted-long': { instance: 'unlisted', missing: 300 },
  pending: { instance: anInstance({ state: 'pending' }) },
  running: { instance: anInstance() },
  stopping: { instance: anInstance({ state: 'stopping' }) },
  terminated: { instance: anInstance({ state: 'terminated', endReason: 'Server.SpotInstanceTermination' }) },
  bypass: { instance: anInstance({ bypassRemoval: true }) },
  impaired: { instance: anInstance({ impaired: true }) },
};
/** A running job that names it: none, one of its own lane, one of another lane. */
const namers = ['nobody', 'here', 'elsewhere'] as const;

interface Case {
  readonly phase: (typeof phases)[number];
  readonly sees: (typeof sights)[number];
  readonly grant: (typeof grants)[number];
  readonly ask: (typeof asks)[number];
  readonly age: keyof typeof ages;
  readonly silence: keyof typeof silences;
  readonly forge: string;
  readonly machine: string;
  readonly named: (typeof namers)[number];
  readonly isSilenceOurs: boolean;
}

type Choices = { readonly [Name in keyof Case]: readonly Case[Name][] };
const choices: Choices = {
  phase: phases,
  sees: sights,
  grant: grants,
  ask: asks,
  age: Object.keys(ages) as Case['age'][],
  silence: Object.keys(silences) as Case['silence'][],
  forge: Object.keys(registrations),
  machine: Object.keys(machines),
  named: namers,
  isSilenceOurs: [false, true],
};

/** Every combination; but a row that is not there says nothing, and short silence is nobody's fault. */
function* everyCase(names = Object.keys(choices), chosen: object = {}): Generator<Case> {
  const [name, ...rest] = names;
  if (name === undefined) {
    const given = chosen as Case;
    const saysNothing = given.sees === undefined && given.ask === undefined;
    const isLong = given.silence.startsWith('long');
    if ((given.grant !== 'no-row' || saysNothing) && (isLong || !given.isSilenceOurs)) yield given;
    return;
  }
  for (const choice of choices[name as keyof Case]) yield* everyCase(rest, { ...chosen, [name]: choice });
}

const job = aLaneJob(1, { state: 'running', runnerName: 'ci-i-1' });

function hostOf({ grant, sees, ask, silence }: Case): HostRow | undefined {
  if (grant === 'no-row') return undefined;
  const lease = sees && aLease(sees, { at: silences[silence].at, since: ago(7_200) });
  return aHost(lease, { grantState: grant, ...(ask && { ask }) });
}

function rowOf(given: Case, counter: number): RunnerRow {
  const silence = silences[given.silence];
  const missing = machines[given.machine]?.missing;
  return aRow({
    phase: given.phase,
    reason: 'surplus',
    launchedAt: ago(ages[given.age]),
    looks: {
      ...('noted' in silence && silentLooks(silence.noted, { ...silence, counter })),
      ...(missing !== undefined && { missingAt: ago(missing) }),
    },
  });
}

interface Outcome extends Case {
  readonly plan: RunnerPlan;
  /** As the lease looks in the end: a host that wrote none, or whose row says that it took nothing, differs. */
  readonly lease: LeaseLook;
}

function outcomeOf(given: Case): Outcome {
  const host = hostOf(given);
  const row = rowOf(given, host?.lease?.counter ?? -1);
  const ownJob = given.named === 'here' ? job : undefined;
  const standing = standingOf(row, host, ownJob, { bootLimitSeconds: 900, timing }, now);
  const look: RunnerLook = {
    standing,
    instance: machines[given.machine]?.instance ?? 'unlisted',
    registration: registrations[given.forge] ?? 'unknown',
    job: given.named === 'nobody' ? undefined : job,
  };
  const plan = planRunner(look, { fleet: mine, timing, isSilenceOurs: given.isSilenceOurs }, now);
  return { ...given, plan, lease: leaseLookOf(standing, timing, now) };
}

const isGone = ({ machine, age }: Case): boolean =>
  machine === 'terminated' || (machine === 'unlisted-long' && age !== 'young');
/** What the provider or a person says first, whatever the host, the forge and the job say. */
const isSpokenFor = (given: Case): boolean => isGone(given) || ['stopping', 'bypass'].includes(given.machine);
const isAway = ({ forge }: Case): boolean => forge === 'absent' || forge.startsWith('offline');
const isRemovedByUs = ({ ask, grant }: Case): boolean => ask === 'removed' && grant === 'taken';
const ends = ({ plan }: Outcome): boolean => plan.kind.startsWith('end-');
const harmless = ['keep', 'take-back', 'read-job', 'forget-answer'];

/** Each says what must hold of every case. */
const rules: Readonly<Record<string, (outcome: Outcome) => boolean>> = {
  'a machine that is gone frees its slot at once, and no other one does': (one) =>
    (one.plan.kind === 'close') === isGone(one),

  'a machine that a person wants kept is kept': (one) =>
    one.machine !== 'bypass' || (harmless.includes(one.plan.kind) && one.plan.reason === 'bypass-removal'),

  'a machine that stops is left to it': (one) => one.machine !== 'stopping' || one.plan.kind === 'keep',

  'a worker that shows itself is never ended, retired or asked, before the hard limit': (one) => {
    if (one.sees !== 'busy' || one.grant !== 'taken' || one.lease.kind === 'silent') return true;
    return isGone(one) || one.age === 'ancient' || harmless.includes(one.plan.kind);
  },

  'a runner that a job of its lane names is never ended, retired or asked, before the hard limit': (one) => {
    if (one.named !== 'here' || one.grant !== 'taken' || one.sees === 'done') return true;
    return isGone(one) || one.age === 'ancient' || harmless.includes(one.plan.kind);
  },

  'the hard limit ends every machine, and nothing earlier is called so': (one) =>
    isSpokenFor(one) || (one.plan.kind === 'end-at-hard-limit') === (one.age === 'ancient'),

  'a grant that was taken, or a row that is not there, is never ended as unstarted': (one) =>
    one.plan.kind !== 'end-unstarted' || ['none', 'given', 'void'].includes(one.grant),

  'a machine that never took its grant ends at the boot limit, and not before': (one) => {
    if (isSpokenFor(one) || one.age === 'ancient' || !['none', 'given', 'void'].includes(one.grant)) return true;
    return (one.plan.kind === 'end-unstarted') === (one.age === 'old');
  },

  'what the forge did not tell ends nobody': (one) =>
    one.forge !== 'unknown' || ['end-at-hard-limit', 'end-unstarted'].includes(one.plan.kind) || !ends(one),

  'what the forge calls busy is not lost': (one) => !one.forge.endsWith('busy') || one.plan.kind !== 'end-lost',

  'what any job names is not lost before the forge was asked about that job': (one) =>
    one.named === 'nobody' || one.plan.kind !== 'end-lost',

  'one is lost only after a quarter of an hour of silence and of looks without a gap': (one) => {
    if (one.plan.kind !== 'end-lost') return true;
    return one.lease.kind === 'silent' && one.lease.isLong && one.silence !== 'long-silent-unseen';
  },

  'silence that is our own fault ends nobody': (one) => !one.isSilenceOurs || one.plan.kind !== 'end-lost',

  'one that may hold a job is lost only where the forge missed it in both looks, or the provider calls it impaired': (
    one,
  ) => {
    if (one.plan.kind !== 'end-lost' || !['taken', 'no-row'].includes(one.grant)) return true;
    return one.machine === 'impaired' || (isAway(one) && one.silence === 'long-silent');
  },

  'one whose registration we removed is lost only where the provider calls it impaired': (one) =>
    one.plan.kind !== 'end-lost' || !isRemovedByUs(one) || one.machine === 'impaired',

  'one for whose loss everything speaks is ended: it is paid for': (one) => {
    const isLost = one.lease.kind === 'silent' && one.lease.isLong && one.named === 'nobody';
    const isAlone = !one.isSilenceOurs && (one.forge === 'absent' || one.forge === 'offline');
    if (!isLost || !isAlone || one.silence !== 'long-silent' || isRemovedByUs(one)) return true;
    return isSpokenFor(one) || ends(one);
  },

  'one is retired only when its host says that it leaves, and was asked to': (one) =>
    one.plan.kind !== 'retire' ||
    (one.phase === 'leaving' && one.sees === 'leaving' && one.ask !== 'removed' && one.lease.kind !== 'silent'),

  'one that was asked and is quiet is retired: it must not wait for ever': (one) => {
    if (one.phase !== 'leaving' || one.sees !== 'leaving' || one.grant !== 'taken' || one.named === 'here') return true;
    if (isSpokenFor(one) || one.age === 'ancient' || one.lease.kind === 'silent') return true;
    return one.plan.kind === (one.ask === 'removed' ? 'keep' : 'retire');
  },

  'one whose asker died before its host was told is asked again': (one) => {
    if (one.phase !== 'leaving' || one.sees !== 'idle' || one.grant !== 'taken' || one.named === 'here') return true;
    if (isSpokenFor(one) || one.age === 'ancient' || one.lease.kind === 'silent' || one.ask === 'stay') return true;
    return one.plan.kind === (one.ask === undefined ? 'ask-to-leave' : 'keep');
  },

  'one that works while it leaves is taken back, unless the forge forgot it already': (one) => {
    const works = one.sees === 'busy' && one.grant === 'taken' && one.lease.kind !== 'silent';
    if (!works || one.phase !== 'leaving' || isSpokenFor(one) || one.age === 'ancient') return true;
    return one.plan.kind === (one.ask === 'leave' ? 'take-back' : 'keep');
  },

  'one that is done is left to end itself': (one) => {
    if (one.sees !== 'done' || one.grant !== 'taken' || one.lease.kind === 'silent') return true;
    return isSpokenFor(one) || one.age === 'ancient' || one.plan.kind === 'keep';
  },

  'silence is written down, and taken back once the lease moves': (one) =>
    (one.plan.looks.silent === undefined) === (one.lease.kind === 'moving'),

  'absence is written down for old machines alone, and taken back once a list names them': (one) =>
    (one.plan.looks.missingAt === undefined) === (!one.machine.startsWith('unlisted') || one.age === 'young'),
};

const breaches = new Map<string, unknown>();
let cases = 0;

beforeAll(() => {
  for (const given of everyCase()) {
    cases += 1;
    const outcome = outcomeOf(given);
    for (const [sentence, holds] of Object.entries(rules)) {
      if (breaches.has(sentence) || holds(outcome)) continue;
      const { kind, reason, looks } = outcome.plan;
      breaches.set(sentence, { ...given, plan: { kind, reason, looks } });
    }
  }
});

test('every runner there can be was planned for', () => {
  expect(cases).toBeGreaterThan(500_000);
});

test.each(Object.keys(rules))('%s', (sentence) => {
  expect(breaches.get(sentence)).toBeUndefined();
});
