import type { Scenario } from '../../src/simulator/plan/scenario.ts';

/** A guard of the production code, and what becomes of its text when somebody takes it out. */
export interface GuardMutant {
  readonly guard: string;
  /** What goes wrong without it. */
  readonly without: string;
  /** Below `src`. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** Where the usual swarm of faults comes to it too seldom: what was asked for instead. */
  readonly scenario?: Partial<Scenario>;
}

const few: Scenario['workload'] = { kind: 'synthetic', jobs: 12 };

/** Each of these alone has to break a promise, or the promises are checked by nobody. */
export const guardMutants: readonly GuardMutant[] = [
  {
    guard: "the lane's count in the decision",
    without: 'Two passes over one lane decide on the same jobs, and both launch for them.',
    file: 'adapters/ledger/intent-rows.ts',
    find: "add: { seq: 1 }, if: [seqIs(plan.seq)] },\n    {\n      kind: 'put'",
    replace: "add: { seq: 1 } },\n    {\n      kind: 'put'",
    scenario: { faults: ['queue-doubles'] },
  },
  {
    guard: 'used against the limit',
    without: 'Two lanes of a fleet see the same free slots, and both take them.',
    file: 'adapters/ledger/intent-rows.ts',
    find: 'limit < 0 ? []',
    replace: 'limit === limit ? []',
    scenario: { faults: ['queue-doubles'] },
  },
  {
    guard: 'the intent before the call',
    without: 'A function dies between its call and what it wrote about it: the machines are nobody’s, and others come.',
    file: 'functions/scale-up/launch-intent.ts',
    find: `  const stored = await world.ledger.addSteps(intent, requests);
  if (stored === 'lost') return 'lost';
  const answers = await Promise.all(requests.map((request) => callStep(world, stored, request)));`,
    replace: `  const answers = await Promise.all(requests.map((request) => callStep(world, intent, request)));
  const stored = await world.ledger.addSteps(intent, requests);
  if (stored === 'lost') return 'lost';`,
  },
  {
    guard: 'two complete and equal lists to settle an intent',
    without: 'A list that lags shows too few machines; the others are launched a second time.',
    file: 'functions/scale-up/settle-intents.ts',
    find: 'const isComplete = ids.length >= intent.count || isSeenTwice(intent, ids, world);',
    replace: 'const isComplete = true;',
    scenario: { faults: ['ec2-away', 'functions-die', 'launches-lost', 'lists-lag'] },
  },
  {
    guard: 'the tombstone of a runner',
    without: 'A machine that is gone is recorded again, and gives its slot back a second time.',
    file: 'adapters/ledger/runner-rows.ts',
    find: 'key: keys.gone(instance.launchId, instance.id), if:',
    replace: "key: keys.gone('nowhere', instance.id), if:",
  },
  {
    guard: 'absence only in two lists',
    without: 'A list that leaves a machine out for a minute frees its slot while it runs.',
    file: 'core/runner-plan.ts',
    find: 'missingAt !== undefined && now >= after(missingAt, timing.absenceSeconds)',
    replace: 'missingAt !== undefined',
  },
  {
    guard: 'deregister before terminate',
    without: 'A runner that leaves is given a job by a forge that nobody told, and its registration outlives it.',
    file: 'functions/scale-down/retire-runner.ts',
    find: 'await world.forge.removeRunner(lane.scope, refOf(registration));',
    replace: "await Promise.resolve('absent');",
    scenario: { faults: ['foreign-jobs', 'hand-out-while-leaving'] },
  },
  {
    guard: 'the quiet minute',
    without: 'A job that was handed out while its runner was removed dies with the machine.',
    file: 'core/host-plan.ts',
    find: 'quietSecondsOf(memory) - quiet.from >= policy.quietSeconds) {',
    replace: 'quietSecondsOf(memory) >= quiet.from) {',
    scenario: { faults: ['hand-out-while-leaving'] },
  },
  {
    guard: 'the listener that is stopped before an end',
    without: 'A job that was handed out a second ago has no worker yet, and its machine ends.',
    file: 'core/host-plan.ts',
    find: 'if (reason && isUnheard(reason) && mayListen(seen, memory)) {',
    replace: 'if (reason && isUnheard(reason) && memory.stoppedFor) {',
    scenario: { faults: ['foreign-jobs', 'spot-notices'] },
  },
  {
    guard: 'unknown is not idle',
    without: 'A host that cannot look at its processes takes itself for idle, and ends under its job.',
    file: 'functions/host/host.ts',
    find: "machine.worker().catch(unknownOf(log, 'worker'))",
    replace: "machine.worker().catch(() => 'none')",
    scenario: { faults: ['agents-blind', 'removals-succeed'] },
  },
  {
    guard: 'the lease, which has to be silent for long',
    without: 'A host that says every minute that it lives is called lost as soon as the forge forgets it.',
    file: 'core/lease-look.ts',
    find: "if (Math.abs(now - writtenAt) < timing.leaseSilenceSeconds * 1000) return { kind: 'moving' };",
    replace: "return { kind: 'silent', counter: 0, isLong: true };",
    scenario: { faults: ['foreign-jobs', 'removals-succeed', 'unlisted'], workload: few },
  },
  {
    guard: 'too much silence at once is our own',
    without: 'The table is away from all hosts, the forge forgets them, and all are ended.',
    file: 'core/scale-down-plan.ts',
    find: 'const isSilenceOurs = isTooMuchSilence(standings, timing, now);',
    replace: 'const isSilenceOurs = false;',
    scenario: { faults: ['busy-lies', 'foreign-jobs', 'hosts-away', 'removals-succeed'] },
  },
  {
    guard: 'the job item that outlives its job',
    without: 'An event that comes late, or again, makes a job wait that is done.',
    file: 'adapters/ledger/job-rows.ts',
    find: '{ ...next, expiresAt } : next',
    replace: '{ ...next, expiresAt: 1 } : next',
    scenario: { faults: ['events-late', 'events-reordered'] },
  },
  {
    guard: 'never minting twice',
    without: 'Two passes make a registration each for one machine.',
    file: 'functions/scale-up/mint-grants.ts',
    find: '  if (!isOurs) return;\n',
    replace: '',
  },
  {
    guard: 'adopting machines without a row',
    without: 'A machine that nobody knows of is looked at by nobody, and stays.',
    file: 'functions/sweep/match-machines.ts',
    find: 'const adopted = await adoptMachines(world, facts, facts.instances);',
    replace: 'const adopted = 0;',
    scenario: { faults: ['machines-by-hand'] },
  },
  {
    guard: 'the breaker',
    without: 'An image that never boots is launched for each waiting job, again and again.',
    file: 'core/breaker.ts',
    find: 'const failureLimit = 3;',
    replace: 'const failureLimit = Number.POSITIVE_INFINITY;',
    scenario: { faults: ['boots-fail'] },
  },
  {
    guard: "the lane's count read before everything else",
    without:
      'What is decided while a lane is read is in no list, and its count is taken for known: two launch for one job.',
    file: 'adapters/ledger/lane-rows.ts',
    find: `      const [head] = await table.get([keys.head(lane)]);
      const intents = await allRows(table, pk, 'intent#');
      const runners = await allRows(table, pk, 'runner#');
      const jobs = await allRows(table, pk, 'job#');
`,
    replace: `      const intents = await allRows(table, pk, 'intent#');
      const runners = await allRows(table, pk, 'runner#');
      const jobs = await allRows(table, pk, 'job#');
      const [head] = await table.get([keys.head(lane)]);
`,
    scenario: { faults: ['queue-doubles'] },
  },
  {
    guard: "the sweep's own list of jobs",
    without: 'A job whose event was lost is never heard of.',
    file: 'functions/sweep/sweep.ts',
    find: "  ['jobs-found', listOpenJobs],\n",
    replace: '',
  },
];
