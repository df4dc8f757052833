import { after, type Instant } from '../../core/instant.ts';
import type { Intent, IntentPlan } from '../../core/lane-view.ts';
import { type BucketRate, drawn, secondsToGiveBack } from '../../core/leaky-bucket.ts';
import type { Ledger } from '../../ports/ledger.ts';
import { keys } from './keys.ts';
import { allRows, fromRow, numberIn, toAttributes } from './rows.ts';
import type { Attributes, Condition, Key, Row, Table, Write } from './table.ts';

type IntentRows = Pick<Ledger, 'intend' | 'addSteps' | 'takeOver' | 'noteLook' | 'close' | 'launchedBy'>;

/** Launches that were decided. No lock: one conditional transaction is the decision. */
export function intentRows(table: Table): IntentRows {
  return {
    async intend(plan) {
      if (exceeds(plan.count, plan.fleetLimit) || exceeds(plan.count, plan.deploymentLimit)) return 'lost';
      const buckets = [keys.budget(plan.app), keys.launchCap(plan.lane.fleet)] as const;
      const found = await table.get([keys.intent(plan.lane, plan.launchId), ...buckets]);
      const rowAt = (key: Key) => found.find((row) => row.key.pk === key.pk && row.key.sk === key.sk);
      // Its own answer may have been lost: then it finds here that it had won.
      const written = rowAt(keys.intent(plan.lane, plan.launchId));
      if (written !== undefined) return intentFrom(written);
      const intent = intentOf(plan, numberIn(rowAt(buckets[0]), 'tat'));
      const outcome = await table.transact([
        ...decision(plan, intent),
        draw(buckets[0], rowAt(buckets[0]), plan.count, plan.budget, plan.now),
        draw(buckets[1], rowAt(buckets[1]), plan.count, plan.hourly, plan.now),
      ]);
      return outcome.kind === 'written' ? intent : 'lost';
    },

    addSteps(intent, requests) {
      return changed(intent, { ...intent, steps: [...intent.steps, ...requests.map((request) => ({ request }))] });
    },
    takeOver: (intent, until) => changed(intent, { ...intent, ownedUntil: until }),
    async noteLook(intent, look) {
      await changed(intent, { ...intent, look });
    },

    async close(intent, launched, now) {
      const back = launched - intent.count;
      await table.transact([
        {
          kind: 'delete',
          key: keys.intent(intent.lane, intent.launchId),
          // Its owner's word alone: one whose time is over may not know of what its heir has launched.
          if: [{ attribute: 'ownedUntil', is: 'equal', value: intent.ownedUntil }],
        },
        { kind: 'update', key: keys.head(intent.lane), add: { seq: 1 } },
        ...(back === 0 ? [] : usedBy(intent.lane.fleet, back)),
        ...(back < 0 ? givenBack(intent, -back, now) : []),
      ]);
    },

    async launchedBy(intent) {
      const live = await allRows(table, keys.lane(intent.lane), 'runner#');
      const gone = await allRows(table, keys.gone(intent.launchId, '').pk);
      return [
        ...live
          .filter((row) => row.attributes.launchId === intent.launchId)
          .map((row) => String(row.attributes.instanceId)),
        ...gone.map((row) => row.key.sk),
      ];
    },
  };

  /**
   * `ownedUntil` is the owner's mark: whoever moved it has made every older copy of the intent powerless. Its steps are
   * compared too: who read it before they were stored would wipe them out, and with them the calls that may have worked.
   */
  async function changed(from: Intent, to: Intent): Promise<Intent | 'lost'> {
    const key = keys.intent(from.lane, from.launchId);
    const unchanged: readonly Condition[] = [
      { attribute: 'ownedUntil', is: 'equal', value: from.ownedUntil },
      { attribute: 'stepCount', is: 'equal', value: from.steps.length },
    ];
    const outcome = await table.transact([{ kind: 'put', key, attributes: attributesOf(to), if: unchanged }]);
    return outcome.kind === 'written' ? to : 'lost';
  }
}

/** A condition can't look into a list, so the number of steps stands beside them. */
const attributesOf = (intent: Intent): Attributes => ({ ...toAttributes(intent), stepCount: intent.steps.length });

function intentOf(plan: IntentPlan, budgetTat: Instant): Intent {
  return {
    launchId: plan.launchId,
    lane: plan.lane,
    count: plan.count,
    app: plan.app,
    writtenAt: plan.now,
    ownedUntil: plan.ownedUntil,
    notAfter: plan.notAfter,
    grantsFrom: Math.max(plan.now, budgetTat),
    secondsEach: { budget: plan.budget.secondsEach, hourly: plan.hourly.secondsEach },
    steps: [],
  };
}

/** An absent count satisfies its condition as 0 would; a launch that is larger than the limit itself must not. */
const exceeds = (count: number, limit: number): boolean => limit >= 0 && count > limit;

function decision(plan: IntentPlan, intent: Intent): readonly Write[] {
  const fits = (limit: number): readonly Condition[] =>
    limit < 0 ? [] : [{ attribute: 'used', is: 'at-most', value: limit - plan.count, orAbsent: true }];
  const [fleet, deployment] = usedBy(plan.lane.fleet, plan.count);
  return [
    { kind: 'update', key: keys.head(plan.lane), add: { seq: 1 }, if: [seqIs(plan.seq)] },
    {
      kind: 'put',
      key: keys.intent(plan.lane, plan.launchId),
      attributes: attributesOf(intent),
      if: [{ row: 'absent' }],
    },
    { ...fleet, if: fits(plan.fleetLimit) },
    { ...deployment, if: fits(plan.deploymentLimit) },
    // The first decision of a lane: one that serves a pool alone is known by no job.
    ...(plan.seq === 0 ? [{ kind: 'put', key: keys.lanes(plan.lane), attributes: {} } as const] : []),
  ];
}

/** The lane's count is still what was read. A lane that nobody decided on yet has none. */
export const seqIs = (seq: number): Condition =>
  seq === 0
    ? { attribute: 'seq', is: 'at-most', value: 0, orAbsent: true }
    : { attribute: 'seq', is: 'equal', value: seq };

/** Runners that count against the limits of their fleet and of the deployment. */
export function usedBy(fleet: string, runners: number): readonly [Write, Write] {
  return [
    { kind: 'update', key: keys.fleetUsed(fleet), add: { used: runners } },
    { kind: 'update', key: keys.deploymentUsed, add: { used: runners } },
  ];
}

/** Takes units from a leaky bucket. Two shapes, as a table knows no maximum: an idle bucket is set, a full one raised. */
function draw(key: Key, row: Row | undefined, units: number, rate: BucketRate, now: Instant): Write {
  const tat = numberIn(row, 'tat');
  if (tat <= now) {
    const idle: Condition = { attribute: 'tat', is: 'at-most', value: now, orAbsent: true };
    return { kind: 'update', key, set: { tat: drawn(tat, units, rate, now) }, if: [idle] };
  }
  const seconds = units * rate.secondsEach;
  const roomy: Condition = { attribute: 'tat', is: 'at-most', value: after(now, rate.burstSeconds - seconds) };
  return {
    kind: 'update',
    key,
    add: { tat: seconds * 1000 },
    if: [{ attribute: 'tat', is: 'above', value: now }, roomy],
  };
}

/** Else hours without capacity would use up the budget and the cap of the first hour that has some. */
function givenBack({ app, lane, writtenAt, secondsEach }: Intent, units: number, now: Instant): readonly Write[] {
  const back = (key: Key, each: number): Write => {
    const seconds = secondsToGiveBack(units, each, writtenAt, now);
    return { kind: 'update', key, add: { tat: -seconds * 1000 } };
  };
  return [back(keys.budget(app), secondsEach.budget), back(keys.launchCap(lane.fleet), secondsEach.hourly)];
}

export function intentFrom(row: Row): Intent {
  const { stepCount: _counted, ...intent } = fromRow<Intent & { readonly stepCount: number }>(row);
  return intent;
}
