import type { BreakerRow, Starving } from '../../core/lane-view.ts';
import type { Ledger } from '../../ports/ledger.ts';
import { keys } from './keys.ts';
import { allRows, fromRow, numberIn, toAttributes } from './rows.ts';
import type { Row, Table } from './table.ts';

type SharedRows = Pick<
  Ledger,
  'usage' | 'starve' | 'noteBoot' | 'noteProbe' | 'rest' | 'cursor' | 'saveCursor' | 'strays' | 'noteStray'
>;

/** What is shared beyond one lane: counts, budgets, breakers, cursors. */
export function sharedRows(table: Table): SharedRows {
  return {
    async usage(fleet, apps) {
      const fleetRows = await allRows(table, keys.fleet(fleet));
      const deploymentRows = await allRows(table, keys.deployment);
      const budgets = await table.get(apps.map((app) => keys.budget(app)));
      const inFleet = (sk: string): Row | undefined => fleetRows.find((row) => row.key.sk === sk);
      const breaker = inFleet('breaker');
      return {
        fleetUsed: numberIn(inFleet('used'), 'used'),
        deploymentUsed: numberIn(
          deploymentRows.find((row) => row.key.sk === 'used'),
          'used',
        ),
        starving: deploymentRows
          .filter((row) => row.key.sk.startsWith('starving#'))
          .map((row) => fromRow<Starving>(row)),
        ...(breaker === undefined ? {} : { breaker: fromRow<BreakerRow>(breaker) }),
        launchTat: numberIn(inFleet('launch-cap'), 'tat'),
        resting: fleetRows.filter((row) => row.key.sk.startsWith('rest#')).map((row) => fromRow(row)),
        budgetTat: new Map(budgets.map((row) => [row.key.pk.slice('budget:'.length), numberIn(row, 'tat')])),
      };
    },

    async starve(starving) {
      const key = keys.starving(starving.lane);
      await table.transact([
        'since' in starving ? { kind: 'put', key, attributes: toAttributes(starving) } : { kind: 'delete', key },
      ]);
    },

    async noteBoot(fleet, boot) {
      const key = keys.breaker(fleet);
      if (boot.kind === 'registered') {
        await table.transact([{ kind: 'delete', key }]);
        return;
      }
      const { kind: _kind, ...row } = boot;
      await table.transact([{ kind: 'put', key, attributes: toAttributes(row) }]);
    },
    async noteProbe(fleet, now) {
      await table.transact([
        { kind: 'update', key: keys.breaker(fleet), set: { probedAt: now }, if: [{ row: 'present' }] },
      ]);
    },
    async rest(fleet, placement, until) {
      const key = keys.rest(fleet, placement.type, placement.zone);
      const expiresAt = Math.ceil(until / 1000);
      await table.transact([{ kind: 'put', key, attributes: { ...toAttributes(placement), until, expiresAt } }]);
    },

    async cursor(name) {
      const [row] = await table.get([keys.cursor(name)]);
      return row === undefined ? undefined : String(row.attributes.value);
    },
    async saveCursor(name, value) {
      await table.transact([{ kind: 'put', key: keys.cursor(name), attributes: { value } }]);
    },
    async strays(scope) {
      const rows = await allRows(table, keys.stray(scope, '').pk);
      return new Map(rows.map((row) => [row.key.sk, numberIn(row, 'firstSeenAt')]));
    },
    async noteStray(scope, registrationId, firstSeenAt) {
      const key = keys.stray(scope, registrationId);
      await table.transact([
        firstSeenAt === null ? { kind: 'delete', key } : { kind: 'put', key, attributes: { firstSeenAt } },
      ]);
    },
  };
}
