import { scaleLinear } from 'd3-scale';
import { area, curveStepAfter, line, stack } from 'd3-shape';
import type { Instant } from '../../../core/instant.ts';
import type { TimelinePoint } from '../../result.ts';
import { type Html, html } from '../html.ts';
import { drawnWidth, type Plot, plot, rounded } from './plot.ts';
import { type CountAxis, countAxis, timeTicks } from './ticks.ts';
import { type Bucket, bucketsOf, bucketText } from './time-buckets.ts';

/** What both columns of a report share, so that one can be held against the other. */
export interface TimeScales {
  readonly from: Instant;
  readonly to: Instant;
  readonly waitingLimit: number;
  readonly runnersLimit: number;
}

export interface TimeChart {
  readonly timeline: readonly TimelinePoint[];
  /** -1: none. */
  readonly limit: number;
  readonly label: string;
}

/** From the axis upwards. */
const runnerSeries = ['busy', 'idle', 'booting'] as const;

export const runnersAt = ({ booting, idle, busy }: TimelinePoint): number => booting + idle + busy;

/** Demand: how many jobs wait. */
export function waitingChart({ timeline, label }: TimeChart, scales: TimeScales): Html {
  const frame = frameOf(scales, 96, scales.waitingLimit);
  const shape = area<TimelinePoint>(acrossOf(frame), frame.height, ({ waiting }) => frame.down(waiting));
  const drawn = shape.curve(curveStepAfter).digits(1)([...timeline]);
  return plot({
    ...frame,
    // The chart below it has the names, and the same calendar.
    acrossTicks: frame.acrossTicks.map(({ value }) => ({ value, text: '' })),
    className: 'waiting-chart',
    label,
    shapes: html`<path class="waiting" d="${drawn ?? ''}"/>`,
    marks: momentsOf(timeline, frame),
  });
}

/** Supply: what machines do, on top of each other, under the limit. */
export function runnersChart({ timeline, limit, label }: TimeChart, scales: TimeScales): Html {
  const frame = frameOf(scales, 176, scales.runnersLimit);
  const layers = stack<TimelinePoint>().keys(runnerSeries)([...timeline]);
  const shape = area<(typeof layers)[number][number]>(
    ({ data }) => acrossOf(frame)(data),
    ([low]) => frame.down(low),
    ([, high]) => frame.down(high),
  );
  const outline = line<TimelinePoint>(acrossOf(frame), (point) => frame.down(runnersAt(point)));
  return plot({
    ...frame,
    className: 'runners-chart',
    label,
    shapes: html`${layers.map(
      (layer) => html`<path class="${layer.key}" d="${shape.curve(curveStepAfter).digits(1)(layer) ?? ''}"/>`,
    )}<path class="outline" d="${outline.curve(curveStepAfter).digits(1)([...timeline]) ?? ''}"/>`,
    marks: html`${limitLine(limit, scales, frame)}${momentsOf(timeline, frame)}`,
  });
}

interface Frame extends CountAxis, Pick<Plot, 'across' | 'acrossTicks' | 'tickAnchor'> {
  readonly to: Instant;
}

const frameOf = ({ from, to }: TimeScales, height: number, most: number): Frame => ({
  ...countAxis(most, height),
  across: scaleLinear().domain([from, to]).range([0, 100]),
  acrossTicks: timeTicks(from, to),
  tickAnchor: 'start',
  to,
});

const acrossOf =
  ({ across }: Frame) =>
  ({ at }: TimelinePoint): number =>
    (across(at) / 100) * drawnWidth;

/** Only where it is on the scale: a limit of a thousand would flatten forty runners. */
function limitLine(limit: number, { runnersLimit }: TimeScales, { down }: Frame): Html | undefined {
  if (limit < 0 || limit > runnersLimit) return undefined;
  const y = rounded(down(limit));
  return html`<line class="limit" x2="100%" y1="${y}" y2="${y}"/>`;
}

/** What a mouse that rests on the chart is told. */
function momentsOf(timeline: readonly TimelinePoint[], { across, height, to }: Frame): Html {
  const buckets = bucketsOf(timeline, 96);
  const momentOf = (bucket: Bucket, place: number): Html => {
    const left = across(bucket.from);
    const width = across(buckets[place + 1]?.from ?? to) - left;
    return html`
<rect class="moment" x="${rounded(left)}%" width="${rounded(width)}%" height="${height}"><title>${bucketText(bucket)}</title></rect>`;
  };
  return html`${buckets.map(momentOf)}`;
}
