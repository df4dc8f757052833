import type { HistogramBar, Percentiles } from '../../result.ts';
import { type Html, html } from '../html.ts';
import { countOf, figureText } from '../number-text.ts';
import { type Place, plot, rounded } from './plot.ts';
import { countAxis } from './ticks.ts';
import type { WaitScale } from './wait-scale.ts';

const height = 168;
const rowHeight = 18;
const shownPercentiles = ['p50', 'p95', 'p99'] as const;

/** How many jobs waited how long, and the percentiles among them. */
export function waitChart(
  histogram: readonly HistogramBar[],
  waitSeconds: Percentiles,
  scale: WaitScale,
  label: string,
): Html {
  const axis = countAxis(scale.mostJobs, height);
  const bars = histogram.filter(({ count, toSeconds }) => count > 0 && toSeconds <= scale.untilSeconds);
  return plot({
    className: 'wait-chart',
    label,
    ...axis,
    headroom: shownPercentiles.length * rowHeight + 8,
    across: scale.across,
    acrossTicks: scale.acrossTicks,
    tickAnchor: 'middle',
    marks: html`${bars.map((bar) => barOf(bar, scale.across, axis.down))}${marksOf(waitSeconds, scale.across)}`,
  });
}

function barOf({ fromSeconds, toSeconds, count }: HistogramBar, across: Place, down: Place): Html {
  const [left, right] = [across(fromSeconds), across(toSeconds)];
  // One job among thousands is still one job.
  const y = Math.min(down(count), height - 2);
  const spread = `${figureText(fromSeconds, 'seconds')} to ${figureText(toSeconds, 'seconds')}`;
  return html`<rect class="jobs" x="${rounded(left)}%" width="${rounded(right - left)}%" y="${rounded(y)}" height="${rounded(
    height - y,
  )}"><title>${countOf(count, 'job')} waited ${spread}</title></rect>`;
}

/** Each name has a row of its own, so that two that are near can both be read; and names are not crossed by lines. */
function marksOf(waitSeconds: Percentiles, across: Place): readonly Html[] {
  const marks = shownPercentiles.map((name) => ({ name, share: Math.min(100, across(waitSeconds[name])) }));
  const highest = isRight(marks[1]?.share ?? 0) ? marks.toReversed() : marks;
  return highest.map(({ name, share }, row) => markOf(name, share, row, figureText(waitSeconds[name], 'seconds')));
}

/** Then there is room for a name on its left. */
const isRight = (share: number): boolean => share > 32;

function markOf(name: string, share: number, row: number, text: string): Html {
  const x = `${rounded(share)}%`;
  const y = (row - shownPercentiles.length) * rowHeight + 4;
  const [anchor, dx] = isRight(share) ? ['end', -6] : ['start', 6];
  return html`
<g class="percentile"><line x1="${x}" x2="${x}" y1="${y - 12}" y2="${height}"/><text class="${anchor}" x="${x}" dx="${dx}" y="${y}"><tspan class="name">${name}</tspan> ${text}</text></g>`;
}
