import { type Html, html } from '../html.ts';
import { countOf } from '../number-text.ts';
import { brokenPromises, promiseName } from '../promises.ts';
import type { ReportBreach, ReportRun, ReportRuns } from '../report-input.ts';
import { runBadge } from '../run-label.ts';
import { instantText } from '../time-text.ts';

const shownBreaches = 8;

/** Each broken promise, and how to see it break again. Nothing where all were kept. */
export function brokenPromisesSection(runs: ReportRuns): Html | undefined {
  const times = runs.flatMap(brokenPromises).reduce((sum, promise) => sum + promise.times, 0);
  if (times === 0) return undefined;
  const told = runs.flatMap((run, place) =>
    run.result.breaches.map((breach) => breachItem(breach, run, runs.length === 2 && runBadge(place))),
  );
  const rest = told.slice(shownBreaches);
  return html`
<section class="broken">
<h2>${countOf(times, 'broken promise')}</h2>
<p>This is a fault of the software or of the simulation, never of a configuration.${told.length > 0 && ' A seed shows it again:'}</p>
<ol>${told.slice(0, shownBreaches)}</ol>
${rest.length > 0 && html`<details><summary>${rest.length} more</summary><ol>${rest}</ol></details>`}
</section>`;
}

function breachItem(breach: ReportBreach, run: ReportRun, badge: Html | false): Html {
  const seed = breach.seed ?? run.seeds[0] ?? 0;
  return html`
<li>
<h3>${badge} ${promiseName(breach.promise)}: broken</h3>
<p>${breach.what}</p>
<p class="where">${breach.subject} · ${instantText(breach.at)}</p>
<p>Replay seed ${seed}: <code>ci-runners simulate --seed ${seed} ${run.replayArguments}</code></p>
</li>`;
}
