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

/** An SVG that is as wide as its place, with text that keeps its size: no script has to measure anything. */
export function plot(chart: Plot): Html {
  const { className, label, height, headroom = 0, acrossTicks, downTicks, shapes, marks } = chart;
  const whole = headroom + height + (acrossTicks.some(({ text }) => text !== '') ? axisHeight : 1);
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

function columnOf({ value, text }: Tick, place: number, { across, height, tickAnchor }: Plot): Html {
  const share = across(value);
  const x = `${rounded(share)}%`;
  const isDay = tickAnchor === 'start';
  const below = text === '' ? 0 : isDay ? 14 : 4;
  const line = html`<line class="grid" x1="${x}" x2="${x}" y1="0" y2="${height + below}"/>`;
  // A name that begins here would leave the page.
  if (text === '' || (isDay && share > 93)) return line;
  const parity = place % 2 === 0 ? 'first' : 'second';
  return html`
${line}<text class="${tickAnchor} ${parity}" x="${x}" y="${height + 18}" dx="${isDay ? 5 : 0}">${text}</text>`;
}

/** Two decimals are finer than any screen. */
export const rounded = (value: number): number => Math.round(value * 100) / 100;
