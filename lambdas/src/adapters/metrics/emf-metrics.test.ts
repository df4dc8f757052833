import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { emfMetrics } from './emf-metrics.ts';

interface Line {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
  readonly [name: string]: unknown;
}

const lines: Line[] = [];

beforeEach(() => {
  lines.length = 0;
  const keep = (line: unknown): boolean => lines.push(JSON.parse(String(line)) as Line) > 0;
  jest.spyOn(process.stdout, 'write').mockImplementation(keep);
});
afterEach(() => {
  jest.restoreAllMocks();
});

test('figures of the deployment and of each fleet are series of their own', () => {
  const figures = emfMetrics({ namespace: 'ci-runners', prefix: 'acme-ci' });
  figures.ofFleet('linux', [
    { name: 'Demand', unit: 'Count', value: 3 },
    { name: 'WaitP95', unit: 'Seconds', value: 1.5 },
  ]);
  figures.ofDeployment([{ name: 'ForgeBudgetLeft', unit: 'Percent', value: 80 }]);
  figures.ofFleet('arm', [{ name: 'Demand', unit: 'Count', value: 0 }]);
  expect(lines).toMatchObject([
    { service: 'acme-ci', fleet: 'linux', Demand: 3, WaitP95: 1.5 },
    { service: 'acme-ci', ForgeBudgetLeft: 80 },
    { service: 'acme-ci', fleet: 'arm', Demand: 0 },
  ]);
  const metrics = lines.map(({ _aws }) => _aws.CloudWatchMetrics[0]);
  expect(metrics.map((metric) => metric?.Dimensions)).toEqual([
    [['service', 'fleet']],
    [['service']],
    [['service', 'fleet']],
  ]);
  expect(metrics[0]).toMatchObject({ Namespace: 'ci-runners', Metrics: [{ Unit: 'Count' }, { Unit: 'Seconds' }] });
  expect(lines[1]).not.toHaveProperty('fleet');
});

test('no figures are no line', () => {
  const figures = emfMetrics({ namespace: 'ci-runners', prefix: 'ci' });
  figures.ofFleet('linux', []);
  figures.ofDeployment([]);
  expect(lines).toEqual([]);
});
