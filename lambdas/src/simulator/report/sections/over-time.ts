import { runnersAt, runnersChart, type TimeScales, waitingChart } from '../charts/time-chart.ts';
import { timelineTable } from '../charts/timeline-table.ts';
import { type Html, html } from '../html.ts';
import { countOf, figureText } from '../number-text.ts';
import type { ReportRun, ReportRuns } from '../report-input.ts';
import { columns } from '../run-label.ts';
import { section } from '../section.ts';
import { datesText } from '../time-text.ts';

/** Demand, supply and limit over the calendar. */
export function overTimeSection(runs: ReportRuns): Html {
  const drawn = runs.filter(hasTimeline);
  const scales = drawn.map((run) => scalesOf(run, drawn));
  const [first] = scales;
  return section({
    title: 'Demand, supply and limit',
    about: [
      'The most jobs that waited at once, and what machines did on average.',
      ...(first ? [`${datesText(first.from, first.to)}; times are UTC.`] : []),
      ...(runs.some(({ seeds }) => seeds.length > 1) ? ['Drawn for the first seed.'] : []),
    ].join(' '),
    body: columns(runs, (run) => {
      const ofRun = scales[drawn.indexOf(run)];
      return ofRun ? charts(run, ofRun) : html`<p class="empty">Nothing happened that could be drawn.</p>`;
    }),
  });
}

const hasTimeline = ({ picture }: ReportRun): boolean => picture.timeline.length > 1;
const most = (values: readonly number[]): number => values.reduce((one, other) => Math.max(one, other), 0);
const firstAt = ({ picture }: ReportRun): number => picture.timeline[0]?.at ?? 0;
const lastAt = ({ picture }: ReportRun): number => picture.timeline.at(-1)?.at ?? 0;

/** Both runs on one scale; on one calendar only where they were at the same time. */
function scalesOf(run: ReportRun, runs: readonly ReportRun[]): TimeScales {
  const timelines = runs.map(({ picture }) => picture.timeline);
  const peak = most(timelines.flat().map(runnersAt));
  // A limit far above would leave a flat line of runners.
  const limits = runs.map(({ picture }) => picture.limit).filter((limit) => limit <= Math.max(10, peak * 2.5));
  const together = runs.filter((other) => firstAt(other) < lastAt(run) && firstAt(run) < lastAt(other));
  return {
    from: Math.min(...together.map(firstAt)),
    to: Math.max(...together.map(lastAt)),
    waitingLimit: most(timelines.flat().map(({ waiting }) => waiting)),
    runnersLimit: most([peak, ...limits]),
  };
}

function charts({ picture: { timeline, limit }, result }: ReportRun, scales: TimeScales): Html {
  const waiting = most(timeline.map((point) => point.waiting));
  const limitText = limit < 0 ? 'No limit' : `Limit ${figureText(limit, 'count')}`;
  const waitingText = `At most ${countOf(waiting, 'job')} waited.`;
  const runnersText = `At most ${countOf(result.peakRunners, 'runner')}. ${limitText}.`;
  return html`
<figure>
<figcaption class="legend">${entry('waiting', `Waiting jobs, at most ${figureText(waiting, 'count')}`)}</figcaption>
${waitingChart({ timeline, limit, label: waitingText }, scales)}
</figure>
<figure>
<figcaption class="legend">
${entry('busy', 'Busy')} ${entry('idle', 'Idle')} ${entry('booting', 'Booting')}
${entry(limit < 0 ? '' : 'limit', limit > scales.runnersLimit ? `${limitText}, above this scale` : limitText)}
</figcaption>
${runnersChart({ timeline, limit, label: runnersText }, scales)}
</figure>
${timelineTable(timeline)}`;
}

const entry = (name: string, text: string): Html =>
  html`<span>${name !== '' && html`<i class="swatch ${name}"></i>`}${text}</span>`;
