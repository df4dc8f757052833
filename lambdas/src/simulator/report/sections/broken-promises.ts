import { groupedBy } from '../../../core/grouped-by.ts';
import { type Html, html } from '../html.ts';
import { countOf } from '../number-text.ts';
import { brokenPromises, promiseName } from '../promises.ts';
import type { ReportBreach, ReportRun, ReportRuns } from '../report-input.ts';
import { runBadge } from '../run-label.ts';
import { section } from '../section.ts';
import { instantText } from '../time-text.ts';

const shownKinds = 8;

/** Each broken promise, and how to see it break again. Nothing where all were kept. */
export function brokenPromisesSection(runs: ReportRuns): Html | undefined {
  const times = runs.flatMap(brokenPromises).reduce((sum, promise) => sum + promise.times, 0);
  if (times === 0) return undefined;
  const kinds = runs.flatMap((run, place) =>
    kindsOf(run).map((breaches) => breachItem(breaches, run, runs.length === 2 && runBadge(place))),
  );
  const rest = kinds.slice(shownKinds);
  return section({
    title: countOf(times, 'broken promise'),
    className: 'broken',
    body: html`
<ol>${kinds.slice(0, shownKinds)}</ol>
${rest.length > 0 && html`<details><summary>${rest.length} more</summary><ol>${rest}</ol></details>`}`,
  });
}

type Kind = readonly [ReportBreach, ...ReportBreach[]];

const seedOf = ({ seed }: ReportBreach, run: ReportRun): number => seed ?? run.seeds[0] ?? 0;

/** What broke one promise with one seed has mostly one cause, however many jobs it hit. */
const kindsOf = (run: ReportRun): readonly Kind[] => [
  ...groupedBy(run.result.breaches, (breach) => `${seedOf(breach, run)} ${breach.promise}`).values(),
];

function breachItem([first, ...others]: Kind, run: ReportRun, badge: Html | false): Html {
  const seed = seedOf(first, run);
  return html`
<li>
<h3>${badge} ${promiseName(first.promise)}: broken${others.length > 0 && ` ${countOf(others.length + 1, 'time')}`}</h3>
<p>${first.what}</p>
<p class="where">${others.length > 0 && 'First: '}${first.subject} · ${instantText(first.at)}</p>
<p>Replay seed ${seed}: <code>ci-runners simulate --seed ${seed} ${run.replayArguments}</code></p>
</li>`;
}
