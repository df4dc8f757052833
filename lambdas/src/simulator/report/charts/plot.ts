import { type Html, html } from '../html.ts';
import type { Tick } from './ticks.ts';

/** Where a value stands: across in percent of the width, which only the reader's screen knows; down in pixels. */
export type Place = (value: number) => number;

/** Shapes are drawn this wide, and stretched to the width that there is; text never is. */
export const drawnWidth = 1000;

export interface Plot {
  readonly className: string;
  /** What the chart shows, in a sentence for who cannot see it. */
  readonly label: string;
  /** Of the plotted area; the axis below comes on top of it. */
  readonly height: number;
  /** Above the plotted area, for what is written there. */
  readonly headroom?: number;
  readonly across: Place;
  readonly down: Place;
  readonly acrossTicks: readonly Tick[];
  readonly downTicks: readonly Tick[];
  /** Stretched, in units of `drawnWidth` by pixels. */
  readonly shapes?: Html;
  /** Placed in percent by pixels, over the shapes. */
  readonly marks?: Html;
  /** Whether names of the axis begin at their tick, as a day does, or stand around it. */
  readonly tickAnchor: 'start' | 'middle';
}

const axisHeight = 24;
const bareAxisHeight = 8;

/** An SVG that is as wide as its place, with text that keeps its size: no script has to measure anything. */
export function plot(chart: Plot): Html {
  const { className, label, height, headroom = 0, acrossTicks, downTicks, shapes, marks } = chart;
  const whole = headroom + height + (acrossTicks.some(({ text }) => text !== '') ? axisHeight : bareAxisHeight);
  return html`
<svg class="plot ${className}" role="img" aria-label="${label}" width="100%" height="${whole}">
<svg y="${headroom}" overflow="visible">
${downTicks.map((tick) => rowOf(tick, chart))}
${acrossTicks.map((tick, place) => columnOf(tick, place, chart))}
${shapes && stretched(shapes, height)}
${marks}
<line class="axis" x2="100%" y1="${height}" y2="${height}"/>
</svg>
</svg>`;
}

const stretched = (shapes: Html, height: number): Html => html`
<svg viewBox="0 0 ${drawnWidth} ${height}" width="100%" height="${height}" preserveAspectRatio="none">${shapes}</svg>`;

function rowOf({ value, text }: Tick, { down }: Plot): Html {
  const y = rounded(down(value));
  return html`
<line class="grid" x2="100%" y1="${y}" y2="${y}"/><text class="down" x="-8" y="${y}" dy="0.35em">${text}</text>`;
}

function columnOf(tick: Tick, place: number, { across, height, tickAnchor }: Plot): Html {
  const share = across(tick.value);
  const x = `${rounded(share)}%`;
  const isDay = tickAnchor === 'start';
  const below = tick.text === '' ? 0 : isDay ? 14 : 4;
  const [anchor, room] = isDay ? dayRoom(share) : [share > 95 ? 'end' : 'middle', ''];
  const classes = `${anchor} ${place % 2 === 0 ? 'first' : 'second'} ${room}`;
  return html`
<line class="grid" x1="${x}" x2="${x}" y1="0" y2="${height + below}"/>
${
  tick.text !== '' &&
  room !== 'none' &&
  html`<text class="${classes}" x="${x}" y="${height + 18}" dx="${isDay ? 5 : 0}">${tick.text}</text>`
}`;
}

/** A name that begins near the end would leave the page, sooner on a narrow one. */
function dayRoom(share: number): readonly [anchor: string, room: string] {
  if (share > 93) return ['start', 'none'];
  return ['start', share > 84 ? 'late' : ''];
}

/** Two decimals are finer than any screen. */
export const rounded = (value: number): number => Math.round(value * 100) / 100;
