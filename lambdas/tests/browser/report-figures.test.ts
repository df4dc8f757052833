import { expect, test } from '@jest/globals';
import type { ReportRun } from '../../src/simulator/report/report-input.ts';
import type { Breach } from '../../src/simulator/result.ts';
import { emptyRun, sampleFleet, sampleRun } from './report-samples.ts';
import { inReport } from './report-view.ts';

const plain = sampleRun();
const first: ReportRun = {
  ...plain,
  result: {
    ...plain.result,
    jobs: 4010,
    ran: 4000,
    cost: { spot: 30, onDemand: 10, idle: 4, savedBySpot: 45 },
    waitSeconds: { p50: 125, p95: 300, p99: 600, max: 1000 },
    waitStages: { event: 4000, delay: 8000, decision: 0, ec2: 40_000, boot: 148_000, assignment: 0 },
  },
};
const second: ReportRun = {
  ...first,
  name: 'fleet-with-pool.json',
  result: {
    ...first.result,
    cost: { spot: 40, onDemand: 10, idle: 14, savedBySpot: 60 },
    waitSeconds: { p50: 100, p95: 300, p99: 720, max: 900 },
    waitStages: { event: 4000, delay: 8000, decision: 0, ec2: 40_000, boot: 108_000, assignment: 0 },
  },
  fleets: [sampleFleet({ runnersMaximumCount: 60 }), sampleFleet({ name: 'gpu' })],
};

inReport('the report', (view) => {
  test('one run: the words and figures that matter come first', async () => {
    await view.open([first]);
    expect(await view.textOf('h1')).toBe('Half of the jobs started within 2 min 05 s, 95% within 5 min 00 s');
    expect(await view.textOf('.lead')).toBe(
      '4,000 jobs ran in 7 days and cost $40.00: $10.00 for each thousand. Every promise was kept.',
    );
    expect(await view.textsOf('.tiles dd')).toEqual([
      '4,000 of 4,010 jobs',
      '2 min 05 s p50',
      '5 min 00 s p95',
      '$40.00 $5.71 a day',
      '$10.00 Spot 60% off',
      '40 of 40 runners, 100%',
    ]);
    expect(await view.count('.promises .kept')).toBe(4);
    expect(await view.count('.difference, .badge')).toBe(0);
  });

  test('two runs: each figure of both, and what the second changes', async () => {
    await view.open([first, second]);
    expect(await view.textOf('h1')).toBe('With B a job costs 25% more and waits 20% less');
    expect(await view.textsOf('.key tbody tr:has-text("Median wait") td')).toEqual([
      '2 min 05 s p50',
      '1 min 40 s p50',
      '−25 s −20% better',
    ]);
    expect(await rowOf('Per 1,000 jobs')).toEqual(['$10.00 Spot 60% off', '$12.50 Spot 60% off', '+$2.50 +25% worse']);
    expect(await rowOf('95% waited at most')).toEqual(['5 min 00 s p95', '5 min 00 s p95', 'same']);
    expect(await rowOf('p99')).toEqual(['10 min 00 s', '12 min 00 s', '+2 min 00 s +20% worse']);
    expect(await rowOf('Boot Until')).toEqual(['37 s 74%', '27 s 68%', '−10 s −27% better']);
    expect(await rowOf('Saved by Spot')).toEqual(['$45.00', '$60.00', '+$15.00 +33% better']);
    const cells = await view.count('td[data-run=A]');
    expect(cells).toBeGreaterThan(50);
    expect(await view.count('td[data-run=B]')).toBe(cells);
    expect(await view.count('td.difference')).toBe(cells);
  });

  test('two runs are drawn on the same scales', async () => {
    const small = { ...second, picture: { ...second.picture, timeline: second.picture.timeline.slice(0, 100) } };
    await view.open([first, small]);
    for (const chart of ['waiting-chart', 'runners-chart', 'wait-chart']) {
      const [one, other] = await Promise.all(
        [0, 1].map((place) =>
          view.page().locator(`svg.${chart}`).nth(place).locator('text:not(.percentile text)').allTextContents(),
        ),
      );
      expect(one?.length).toBeGreaterThan(3);
      expect(other).toEqual(one);
    }
  });

  test('what differs in the fleets is marked', async () => {
    await view.open([first, second]);
    expect(await view.textsOf('.column:last-child .fleet div:has(.verdict) dd')).toEqual(['60 runners differs']);
    expect(await view.textsOf('.fleet h4:has(.verdict)')).toEqual(['linux-arm64 only here', 'gpu only here']);
  });

  test('runs that cannot be compared are said to be so', async () => {
    await view.open([first, { ...second, workload: 'nightly-spike', seeds: [1, 2] }]);
    expect(await view.textOf('.notice')).toMatch(/^A and B had different workloads and seeds:/);
    await view.open([first, second]);
    expect(await view.count('.notice')).toBe(0);
  });

  test('a broken promise comes first, with the seed that shows it', async () => {
    const breach: Breach = {
      promise: 'no-job-lost',
      subject: 'github/acme/shop/7',
      at: Date.UTC(2026, 2, 3, 10, 2, 11),
      what: 'Queued, and never started.',
    };
    const others = Array.from({ length: 10 }, (_, place) => ({ ...breach, seed: 100 + place }));
    const breaches = [breach, { ...breach, subject: 'github/acme/shop/8' }, ...others];
    await view.open([{ ...first, seeds: [7, 8], result: { ...first.result, lost: 12, breaches } }]);
    expect(await view.textOf('.lead')).toMatch(/^1 of 4 promises was broken\. 4,000 jobs ran in 2 runs of/);
    expect(await view.textOf('.broken h2')).toBe('12 broken promises');
    expect(await view.textOf('.broken li')).toBe(
      'No job is lost: broken 2 times Queued, and never started. First: github/acme/shop/7 · Tue 3 Mar 2026 10:02:11 UTC ' +
        'Replay seed 7: ci-runners simulate --seed 7 --config fleet.json --workload office-week',
    );
    expect(await view.textsOf('.broken code')).toContain(
      'ci-runners simulate --seed 109 --config fleet.json --workload office-week',
    );
    expect(await view.textOf('.broken summary')).toBe('3 more');
    expect(await view.textOf('.promises .not-kept')).toBe('Jobs were lost: 12');
  });

  test('what strangers named is text', async () => {
    const evil = '</style><img src=x onerror=alert(1)>"\'&';
    const breach = { promise: 'nothing-leaked', subject: evil, at: 0, what: evil } as const;
    const run: ReportRun = {
      ...first,
      name: evil,
      workload: evil,
      replayArguments: evil,
      result: { ...first.result, faults: { [evil]: 1 }, sometimes: { [evil]: 1 }, breaches: [breach] },
      fleets: [sampleFleet({ name: evil, labels: [evil], instanceTypes: [evil] })],
    };
    await view.open([run, run]);
    expect(await view.count('img, script')).toBe(0);
    expect(await view.page().title()).toContain(evil);
    for (const selector of ['.file', '.broken code', '.broken .where', '.fleet h4', '.fleet .entry']) {
      expect(await view.textOf(selector)).toContain(evil);
    }
  });

  test('without a job there is nothing to draw, and the page says so', async () => {
    await view.open([emptyRun()]);
    expect(await view.textOf('h1')).toBe('No job ran');
    expect(await view.count('svg.plot, svg.stacked')).toBe(0);
    expect(await view.textsOf('.empty')).toEqual([
      'Nothing happened that could be drawn.',
      'No job ran.',
      'It has no fleet.',
      'Faults injected: none.',
      'Rare branches reached: none.',
    ]);
    expect(await view.page().locator('body').textContent()).not.toMatch(/NaN|Infinity|undefined/);
  });

  const rowOf = (name: string): Promise<readonly string[]> =>
    view.textsOf(`.figures tr:has(th:text-matches("^${name}( |$)")) td`);
});
