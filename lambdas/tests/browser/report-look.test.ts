import { expect, test } from '@jest/globals';
import type { ReportRun, ReportRuns } from '../../src/simulator/report/report-input.ts';
import { beyondTheWindow, chartTexts, coloursOfTexts, isWiderThanTheWindow, textsInTheWay } from './report-probes.ts';
import { emptyRun, histogramOf, percentilesOf, sampleFleet, sampleRun } from './report-samples.ts';
import { inReport } from './report-view.ts';

const plain = sampleRun();
const pooled = sampleRun({ name: 'fleet-with-pool.json', ready: 8 });

/** Long names, large numbers, and a run that was over in an hour. */
const extreme: ReportRun = {
  ...plain,
  name: `${'very-long-name-of-a-configuration-'.repeat(5)}.json`,
  workload: 'w'.repeat(90),
  seeds: [3, 14, 15, 92, 65, 35, 89, 79],
  result: {
    ...plain.result,
    jobs: 12_345_678,
    ran: 12_345_600,
    cost: { spot: 1_234_567, onDemand: 98_765, idle: 345_678, savedBySpot: 2_345_678 },
    waitSeconds: { p50: 100_000, p95: 101_000, p99: 102_000, max: 1_000_000 },
    faults: { ['x'.repeat(80)]: 123_456_789 },
  },
  picture: {
    limit: 12_000,
    timeline: plain.picture.timeline
      .slice(0, 60)
      .map((point, minute) => ({ ...point, at: Date.UTC(2026, 11, 31, 23, minute), busy: 11_000, waiting: 123_456 })),
    waitHistogram: [{ fromSeconds: 0, toSeconds: 200_000, count: 12_345_600 }],
  },
  fleets: [sampleFleet({ name: 'f'.repeat(63), labels: ['l'.repeat(90)] }), ...plain.fleets],
};

/** All waits of a second, but one: bars of one width, and percentiles that stand together. */
const shortWaits = Array.from({ length: 500 }, (_, job) => 0.4 + (job % 7) / 5).concat(3000);
const short: ReportRun = {
  ...plain,
  result: { ...plain.result, waitSeconds: percentilesOf(shortWaits) },
  picture: {
    ...plain.picture,
    limit: -1,
    waitHistogram: histogramOf(
      shortWaits,
      Array.from({ length: 6002 }, (_, edge) => edge / 2),
    ),
  },
};

interface Screen {
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
  readonly media?: 'print';
}

const screens: Readonly<Record<string, Screen>> = {
  'wide and light': { width: 1280, colorScheme: 'light' },
  'wide and dark': { width: 1280, colorScheme: 'dark' },
  'a tablet': { width: 820, colorScheme: 'light' },
  'a phone': { width: 390, colorScheme: 'dark' },
  'a small phone': { width: 320, colorScheme: 'light' },
  // 210 mm less the margins.
  paper: { width: 688, colorScheme: 'dark', media: 'print' },
};

const reports: Readonly<Record<string, ReportRuns>> = {
  'one run': [plain],
  'two runs': [plain, pooled],
  'long names and large numbers': [extreme, plain],
  'waits of a second': [short],
  'nothing at all': [emptyRun()],
  'nothing beside something': [emptyRun(), pooled],
};

inReport('the report, for everybody', (view) => {
  test.each(Object.entries(reports))('%s: nothing is cut off or in the way', async (_, runs) => {
    await view.open(runs);
    for (const [name, { width, colorScheme, media }] of Object.entries(screens)) {
      await view.page().setViewportSize({ width, height: 900 });
      await view.page().emulateMedia({ colorScheme, media: media ?? null });
      expect({ name, ...(await lookOf()) }).toEqual({ name, ...whole });
    }
  });

  test('paper is white, shows what is folded up, and keeps charts in one piece', async () => {
    await view.open([plain, pooled], { colorScheme: 'dark' });
    await view.page().emulateMedia({ media: 'print' });
    expect(await view.page().evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await view.page().getByText('Sweep found job').isVisible()).toBe(true);
    const pieces = '[...document.querySelectorAll("figure")].map((node) => getComputedStyle(node).breakInside)';
    expect(new Set((await view.page().evaluate(pieces)) as string[])).toEqual(new Set(['avoid']));
    const pages = (await view.page().pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g);
    expect(pages?.length).toBeLessThanOrEqual(9);
  });

  test.each(['light', 'dark'] as const)('every text can be read in the %s', async (colorScheme) => {
    const broken = { promise: 'no-job-lost', subject: 'job 1', at: 0, what: 'Never started.' } as const;
    await view.open([{ ...plain, result: { ...plain.result, breaches: [broken] } }, pooled], { colorScheme });
    const colours = (await view.page().evaluate(coloursOfTexts)) as readonly TextColours[];
    expect(colours.length).toBeGreaterThan(8);
    expect(colours.filter(({ front, back }) => contrast(front, back) < 4.5)).toEqual([]);
  });

  test('charts say in words what they show, and the headings have no gaps', async () => {
    await view.open([plain, pooled]);
    expect(await view.count('svg.plot[role=img][aria-label]')).toBe(6);
    expect(await view.count('svg.plot:not([aria-label]), svg.stacked:not([aria-label])')).toBe(0);
    expect(await view.page().locator('svg.waiting-chart').first().getAttribute('aria-label')).toMatch(
      /^At most \d+ jobs/,
    );
    await headingsHaveNoGaps();
    await view.open([plain]);
    await headingsHaveNoGaps();
  });

  const headingsHaveNoGaps = async (): Promise<void> => {
    const levels = '[...document.querySelectorAll("h1, h2, h3, h4")].map((node) => Number(node.tagName[1]))';
    const found = (await view.page().evaluate(levels)) as readonly number[];
    expect(found.filter((level, place) => level > (found[place - 1] ?? 0) + 1)).toEqual([]);
  };

  const lookOf = async (): Promise<typeof whole> => ({
    beyond: (await view.page().evaluate(beyondTheWindow)) as string[],
    isWider: (await view.page().evaluate(isWiderThanTheWindow)) as boolean,
    inTheWay: (await view.page().evaluate(textsInTheWay)) as string[],
    // A probe that sees no text proves nothing.
    isSeen: Number(await view.page().evaluate(chartTexts)) >= 2 * (await view.count('svg.plot')),
  });
});

const whole: {
  readonly beyond: string[];
  readonly isWider: boolean;
  readonly inTheWay: string[];
  readonly isSeen: boolean;
} = { beyond: [], isWider: false, inTheWay: [], isSeen: true };

interface TextColours {
  readonly front: string;
  readonly back: string;
  readonly text: string;
}

/** As WCAG 2 counts it. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** Of `rgb(1, 2, 3)`. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map((channel) => {
    const share = Number(channel) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
