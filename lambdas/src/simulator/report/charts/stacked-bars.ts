import { type Html, html } from '../html.ts';
import { rounded } from './plot.ts';

/** A part of a bar. Its name is also its class, and so its colour. */
export interface Segment {
  readonly name: string;
  readonly title: string;
  readonly value: number;
  /** What might have been: drawn as an outline. */
  readonly isGhost?: true;
}

export interface StackedBar {
  readonly label: Html;
  /** What it adds up to, in words. */
  readonly total: string;
  readonly segments: readonly Segment[];
}

const barHeight = 30;
/** The narrowest that a bar is shown, and the widest that a letter is. */
const leastWidth = 300;
const letterWidth = 7.5;

/** Bars of parts, all on one scale. What the parts are is said by the table that stands below. */
export function stackedBars(bars: readonly StackedBar[], textOf: (value: number) => string): Html {
  const longest = Math.max(...bars.map(({ segments }) => sumOf(segments)));
  if (!(longest > 0)) return html``;
  return html`<div class="bars">${bars.map(
    (bar) =>
      html`<div class="bar"><p class="bar-label">${bar.label} <b>${bar.total}</b></p>${barOf(bar, longest, textOf)}</div>`,
  )}</div>`;
}

const sumOf = (segments: readonly Segment[]): number => segments.reduce((sum, { value }) => sum + value, 0);

function barOf({ segments }: StackedBar, longest: number, textOf: (value: number) => string): Html {
  const shown = segments.filter(({ value }) => value > 0);
  const label = shown.map(({ title, value }) => `${title} ${textOf(value)}`).join(', ') || 'Nothing';
  const parts = shown.map((segment, place) => {
    const left = (sumOf(shown.slice(0, place)) / longest) * 100;
    return segmentOf(segment, left, (segment.value / longest) * 100, textOf);
  });
  return html`<svg class="stacked" role="img" aria-label="${label}" width="100%" height="${barHeight}">${parts}</svg>`;
}

function segmentOf(
  { name, title, value, isGhost }: Segment,
  left: number,
  width: number,
  textOf: (value: number) => string,
): Html {
  const hasRoom = (width / 100) * leastWidth > title.length * letterWidth + 14;
  const kind = isGhost ? 'ghost' : 'segment';
  return html`<g class="${kind} ${name}"><rect x="${rounded(left)}%" width="${rounded(width)}%" height="${barHeight}"/>${
    hasRoom ? html`<text x="${rounded(left)}%" dx="8" y="${barHeight / 2}" dy="0.35em">${title}</text>` : undefined
  }<title>${title}: ${textOf(value)}</title></g>`;
}
