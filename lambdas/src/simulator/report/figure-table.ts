import { type Better, type Difference, differenceOf } from './difference.ts';
import { type Html, html } from './html.ts';
import { changeText, figureText, shareText, signedText, type Unit } from './number-text.ts';
import type { ReportRun, ReportRuns } from './report-input.ts';
import { letterOf, runBadge } from './run-label.ts';

/** A figure that every run has, and which way it should go. */
export interface Figure {
  readonly name: string;
  readonly unit: Unit;
  readonly better: Better;
  /** Undefined where there is none, such as the price of a job when none ran. */
  of(run: ReportRun): number | undefined;
  /** A few words beside the value. */
  beside?(run: ReportRun): string | undefined;
  /** A sentence below the name. */
  readonly note?: string;
  /** The class of the colour that stands for it in a chart. */
  readonly swatch?: string;
  /** A sum or a headline: set apart. */
  readonly isStrong?: true;
}

/** Says beside a part of something how much of it that is. */
export const besideShare =
  (part: (run: ReportRun) => number, whole: (run: ReportRun) => number): NonNullable<Figure['beside']> =>
  (run) =>
    whole(run) > 0 ? shareText(part(run) / whole(run)) : undefined;

/** A row a figure, a column a run; with two runs, their difference. Roles are written out, as a phone lays rows anew. */
export function figureTable(caption: string, figures: readonly Figure[], runs: ReportRuns, className = ''): Html {
  const isPair = runs.length === 2;
  return html`
<table class="figures ${isPair ? 'two' : 'one'} ${className}" role="table">
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">
<th scope="col" role="columnheader">Figure</th>
${runs.map((_, place) => headCell(isPair ? runBadge(place) : 'Value'))}
${isPair && headCell('B against A')}
</tr></thead>
<tbody role="rowgroup">${figures.map((figure) => rowOf(figure, runs, hasBeside(figures)))}</tbody>
</table>`;
}

const headCell = (text: Html | string): Html => html`<th scope="col" role="columnheader" class="value">${text}</th>`;

/** Then every value leaves room for it, so that numbers stay below each other. */
const hasBeside = (figures: readonly Figure[]): boolean => figures.some(({ beside }) => beside !== undefined);

function rowOf(figure: Figure, runs: ReportRuns, leavesRoom: boolean): Html {
  const [first, second] = runs;
  const difference = second && differenceOf(figure.of(first), figure.of(second), figure.better);
  return html`
<tr role="row" class="${figure.isStrong && 'strong'}">
<th scope="row" role="rowheader">${figure.swatch && html`<i class="swatch ${figure.swatch}"></i>`}${figure.name}${
    figure.note && html` <small>${figure.note}</small>`
  }</th>
${runs.map((run, place) => valueCell(figure, run, place, leavesRoom))}
${second && differenceCell(figure, difference)}
</tr>`;
}

function valueCell(figure: Figure, run: ReportRun, place: number, leavesRoom: boolean): Html {
  const value = figure.of(run);
  const text = value === undefined ? '–' : figureText(value, figure.unit);
  const beside = value === undefined ? undefined : figure.beside?.(run);
  return html`<td role="cell" class="value" data-run="${letterOf(place)}">${text}${
    leavesRoom && html` <small>${beside}</small>`
  }</td>`;
}

function differenceCell({ unit }: Figure, difference: Difference | undefined): Html {
  const parts = difference === undefined ? noDifference : partsOf(difference, unit);
  return html`<td role="cell" class="value difference ${parts.verdict}"><span>${parts.absolute}</span> <small>${
    parts.relative
  }</small> <b class="verdict">${parts.verdict}</b></td>`;
}

const noDifference = { absolute: '–', relative: '', verdict: '' };

function partsOf({ absolute, relative, verdict }: Difference, unit: Unit): typeof noDifference {
  // What is written alike is alike, whatever the digits that nobody sees.
  const isSame = verdict === 'same' || figureText(Math.abs(absolute), unit) === figureText(0, unit);
  if (isSame) return { absolute: '', relative: '', verdict: 'same' };
  return {
    absolute: signedText(absolute, unit),
    relative: relative === undefined ? '' : changeText(relative),
    verdict: verdict === 'other' ? '' : verdict,
  };
}
