import { expect, test } from '@jest/globals';
import { inBrowser } from './in-browser.ts';
import { endedJob, shownFleet, shownRunner, shownState, waitingJob } from './shown-states.ts';

inBrowser('the status page, for everybody', (view) => {
  test('a phone shows it without scrolling sideways', async () => {
    const long = `acme/${'a-very-long-name'.repeat(8)}`;
    const lane = `linux/repo:${long}`;
    view.stack().tell(
      shownState({
        jobs: [waitingJob(1, { repository: long, lane }), endedJob(2, { repository: long, lane })],
        runners: [shownRunner(1, { name: 'x'.repeat(80), lane })],
        fleets: [shownFleet({ name: 'y'.repeat(63), labels: ['z'.repeat(90)] })],
      }),
    );
    await view.open({ viewport: { width: 360, height: 740 } });
    await view.page().locator('#ended summary').click();
    await view.shows('#ended td.job', long);
    expect(await view.page().evaluate('document.documentElement.scrollWidth')).toBe(360);
    const beyond =
      '[...document.querySelectorAll("main *")].filter((n) => n.getBoundingClientRect().right > 360).length';
    expect(await view.page().evaluate(beyond)).toBe(0);
  });

  test('the keyboard goes through it in order, and one sees where it is', async () => {
    await view.open();
    const order: unknown[] = [];
    for (const _ of [1, 2, 3, 4]) {
      await view.page().keyboard.press('Tab');
      order.push(await view.focused());
      expect(await view.page().evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    }
    expect(order).toEqual(['skip', 'demo-count', 'demo-send', 'SUMMARY']);
    await view.page().keyboard.press('Enter');
    await view.page().locator('#ended tbody tr').waitFor();
    await view.page().locator('.skip').press('Enter');
    expect(await view.focused()).toBe('waiting');
  });

  test.each(['light', 'dark'] as const)('its %s colours can be read', async (colorScheme) => {
    await view.open({ colorScheme });
    const isDark = luminance(await colour('--page')) < 0.5;
    expect(isDark).toBe(colorScheme === 'dark');
    expect(await view.page().evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
      rgbText(await colour('--page')),
    );
    for (const [front, back] of [
      ['--text', '--page'],
      ['--text', '--panel'],
      ['--text', '--chip'],
      ['--muted', '--page'],
      ['--muted', '--panel'],
      ['--demand', '--panel'],
      ['--alarm', '--panel'],
      ['--alarm', '--page'],
      ['--alarm', '--alarm-page'],
      ['--on-accent', '--accent'],
    ] as const) {
      expect([front, back, contrast(await colour(front), await colour(back)) >= 4.5]).toEqual([front, back, true]);
    }
  });

  const colour = async (name: string): Promise<string> =>
    String(await view.page().evaluate(`getComputedStyle(document.documentElement).getPropertyValue('${name}')`)).trim();
});

/** The three channels of `#rrggbb`, from 0 to 1. */
const channels = (hex: string): readonly number[] =>
  [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255);

const rgbText = (hex: string): string =>
  `rgb(${channels(hex)
    .map((channel) => Math.round(channel * 255))
    .join(', ')})`;

/** As WCAG 2 counts it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channels(hex).map((channel) =>
    channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}
