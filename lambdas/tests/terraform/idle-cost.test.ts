import { expect, test } from '@jest/globals';
import { noteSwept, reportDeployment } from '../../src/functions/aws/report-figures.ts';
import { scaleDown } from '../../src/functions/scale-down/scale-down.ts';
import { city } from '../city/city.ts';
import { readInRoot } from './module-tables.ts';

/** us-east-1, dollars a month and without free tiers but one: three dashboards an account. @see https://aws.amazon.com/cloudwatch/pricing/ */
const prices = {
  series: 0.3,
  alarm: 0.1,
  millionInvocations: 0.2,
  /** On arm64, for 2^30 bytes and a second. */
  gigabyteSecond: 0.0000133334,
  millionQueueCalls: 0.4,
  millionReads: 0.125,
  millionWrites: 0.625,
  gigabyteOfLogs: 0.5,
};
const minutesAMonth = 730 * 60;
const fleets = 10;

/** Of one look by scale-down or sweep at ten lanes without runners; generous, as none of these is held elsewhere. */
const look = { seconds: 0.5, reads: 40, writes: 2, logBytes: 2000 };
/** Lambda asks an idle queue by five pollers, each waiting 20 seconds. */
const queueCallsAMinute = 15;

const control = readInRoot('modules/control-plane/main.tf');
const monitoring = readInRoot('modules/monitoring/main.tf');
const alarms = [...monitoring.matchAll(/^ {6}missing +=/gm)].length + 1;

async function seriesOf(count: number): Promise<readonly string[]> {
  const town = city({ fleets: Array.from({ length: count }, (_, place) => ({ name: `fleet-${place}` })) });
  await noteSwept(town.world);
  const series = new Set<string>();
  await reportDeployment(town.world, await scaleDown(town.world), {
    ofDeployment: (figures) => figures.forEach(({ name }) => void series.add(name)),
    ofFleet: (fleet, figures) => figures.forEach(({ name }) => void series.add(`${fleet}.${name}`)),
  });
  return [...series];
}

test('ten idle fleets write no series of their own', async () => {
  expect(await seriesOf(fleets)).toEqual(await seriesOf(1));
});

test('ten idle fleets cost less than five dollars a month', async () => {
  const looks = 2 * minutesAMonth;
  const gigabytes = 512 / 1024;
  const cost = {
    series: (await seriesOf(fleets)).length * prices.series,
    alarms: alarms * prices.alarm,
    functions: looks * (look.seconds * gigabytes * prices.gigabyteSecond + prices.millionInvocations / 1e6),
    queue: ((queueCallsAMinute * minutesAMonth) / 1e6) * prices.millionQueueCalls,
    tables: (looks / 1e6) * (look.reads * prices.millionReads + look.writes * prices.millionWrites),
    logs: ((looks * look.logBytes) / 1e9) * prices.gigabyteOfLogs,
  };
  const total = Object.values(cost).reduce((sum, dollars) => sum + dollars, 0);
  expect(alarms).toBe(5);
  expect(total).toBeGreaterThan(1);
  expect(total).toBeLessThan(5);
});

test('both tables are paid by request, and both schedules look once a minute', () => {
  expect(control.match(/billing_mode += "PAY_PER_REQUEST"/g)).toHaveLength(2);
  expect(control).not.toMatch(/read_capacity|write_capacity/);
  const schedules = readInRoot('modules/control-plane/variables.tf').match(
    /_schedule_expression += .*"rate\(1 minute\)"/g,
  );
  expect(schedules).toHaveLength(2);
});

test('where nothing is told, only the sweep’s alarm rings', () => {
  const missing = [...monitoring.matchAll(/^ {4}(\w+) = \{\n[\s\S]*?missing += "(\w+)"/gm)].map(([, name, how]) => [
    name,
    how,
  ]);
  expect(Object.fromEntries(missing)).toEqual({
    waiting_jobs: 'notBreaching',
    dead_letters: 'notBreaching',
    sweep: 'breaching',
    forge_budget: 'notBreaching',
  });
  expect(monitoring).toMatch(/"launches" \{[\s\S]*treat_missing_data +=\s"notBreaching"/);
});
