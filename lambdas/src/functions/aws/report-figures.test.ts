import { expect, test } from '@jest/globals';
import { type City, city } from '../../../tests/city/city.ts';
import { acme, ring, saidBy } from '../../../tests/city/invoke.ts';
import { idsFrom, queueJobs } from '../../../tests/city/traffic.ts';
import type { Figure, FigureSink } from '../../adapters/metrics/emf-metrics.ts';
import { scaleDown } from '../scale-down/scale-down.ts';
import { noteSwept, reportDeployment, reportLaunches } from './report-figures.ts';

function sink(): { readonly written: Record<string, number>; readonly figures: FigureSink } {
  const written: Record<string, number> = {};
  const put = (figures: readonly Figure[], of = 'deployment'): void => {
    for (const { name, value } of figures) written[`${of}.${name}`] = value;
  };
  return { written, figures: { ofDeployment: put, ofFleet: (fleet, figures) => put(figures, fleet) } };
}

async function reported(town: City, world = town.world): Promise<Record<string, number>> {
  const { written, figures } = sink();
  await reportDeployment(world, await scaleDown(world), figures);
  return written;
}

test('five figures a deployment and three a fleet come from one look at all lanes', async () => {
  const town = city({ fleets: [{ runnersMaximumCount: 1 }] });
  await noteSwept(town.world);
  await queueJobs(town, idsFrom(1, 3));
  await ring(town);
  await town.clock.advance(30);
  const written = await reported(town);
  expect(written).toMatchObject({
    'linux-x64.Demand': 3,
    'linux-x64.Supply': 1,
    'deployment.ForgeBudgetLeft': 100,
  });
  for (const age of [
    'linux-x64.WaitP95',
    'deployment.QueueAgeP50',
    'deployment.QueueAgeP95',
    'deployment.QueueAgeMax',
    'deployment.SweepAge',
  ]) {
    expect(written[age]).toBeGreaterThanOrEqual(30);
    expect(written[age]).toBeLessThan(120);
  }
  expect(Object.keys(written)).toHaveLength(8);
});

test('a fleet that nobody needs says nothing, and costs nothing', async () => {
  const written = await reported(city());
  expect(Object.keys(written).filter((name) => !name.startsWith('deployment.'))).toEqual([]);
});

test('what is left of the forge’s budget falls with the launches that draw on it', async () => {
  const town = city({ fleets: [{ runnersMaximumCount: -1 }] });
  await queueJobs(town, idsFrom(1, 90));
  const { lanes } = await ring(town);
  expect(lanes[0]?.plan).toMatchObject({ kind: 'launch', count: 90 });
  const left = (await reported(town))['deployment.ForgeBudgetLeft'];
  expect(left).toBeGreaterThan(40);
  expect(left).toBeLessThan(100);
});

test('no sweep has no age, and a ledger that is away costs figures alone', async () => {
  const town = city();
  expect(await reported(town)).not.toHaveProperty(['deployment.SweepAge']);
  const cursor = () => Promise.reject(new Error('away'));
  const written = await reported(town, { ...town.world, ledger: { ...town.world.ledger, cursor } });
  expect(written).toHaveProperty(['deployment.QueueAgeP95'], 0);
  expect(saidBy(town, 'Figures could not be read.')).toEqual([{ reason: 'away' }]);
});

test('launches that failed are counted by fleet, none too', () => {
  const { written, figures } = sink();
  const lane = (name: string, launchesFailed: number) => ({ lane: name, plan: undefined, launchesFailed });
  reportLaunches([lane(acme, 2), lane('linux-x64/org:other', 1), lane('arm/org:acme', 0), lane('no lane', 0)], figures);
  expect(written).toEqual({ 'linux-x64.LaunchesFailed': 3, 'arm.LaunchesFailed': 0 });
});
