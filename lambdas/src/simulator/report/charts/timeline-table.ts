import type { TimelinePoint } from '../../result.ts';
import { type Html, html } from '../html.ts';
import { meanText } from '../number-text.ts';
import { momentText } from '../time-text.ts';
import { bucketsOf } from './time-buckets.ts';

const names = ['waiting', 'booting', 'idle', 'busy'] as const;

/** The charts over time for who would rather read numbers; too long to be printed. */
export const timelineTable = (timeline: readonly TimelinePoint[]): Html => html`
<details class="screen-only">
<summary>The same as a table</summary>
<table class="plain">
<caption>Each stretch of time: the most jobs that waited, and machines on average</caption>
<thead><tr><th scope="col">From</th>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${bucketsOf(timeline, 24).map(
  (bucket) => html`
<tr><th scope="row">${momentText(bucket.from)}</th>${names.map((name) => html`<td>${meanText(bucket[name])}</td>`)}</tr>`,
)}</tbody>
</table>
</details>`;
