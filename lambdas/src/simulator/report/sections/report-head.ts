import { headlineOf } from '../headline.ts';
import { type Html, html } from '../html.ts';
import { countOf, figureText } from '../number-text.ts';
import { type ReportRun, type ReportRuns, spanSeconds } from '../report-input.ts';
import { runLabel } from '../run-label.ts';

/** What was simulated, and how it went, in words. */
export function reportHead(runs: ReportRuns): Html {
  const { title, sentences } = headlineOf(runs);
  return html`<header class="head"><p class="kicker">${runs.length === 2 ? 'Two simulations compared' : 'Simulation'}</p>
<h1>${title}</h1><p class="lead">${sentences.join(' ')}</p>
<ul class="runs">${runs.map((run, place) => html`<li>${runLabel(runs, place)} <span>${conditions(run)}</span></li>`)}</ul>
${unlike(runs)}</header>`;
}

const conditions = (run: ReportRun): string =>
  `${run.workload} · ${seedsText(run.seeds)} · ${figureText(spanSeconds(run), 'seconds')}${run.seeds.length > 1 ? ' each, figures are sums' : ''}`;

/** `seed 7`, `seeds 1–20`, `seeds 3, 8 and 4 more`. */
export function seedsText(seeds: readonly number[]): string {
  const [first, ...others] = seeds;
  const last = others.at(-1);
  if (first === undefined) return 'no seed';
  if (last === undefined) return `seed ${first}`;
  if (seeds.every((seed, place) => seed === first + place)) return `seeds ${first}–${last}`;
  const named = seeds.slice(0, 6).join(', ');
  return `seeds ${named}${seeds.length > 6 ? ` and ${countOf(seeds.length - 6, 'more', 'more')}` : ''}`;
}

/** Sums of unlike runs must not be held against each other without a word. */
function unlike([first, second]: ReportRuns): Html | undefined {
  if (second === undefined) return undefined;
  const what = [
    ...(first.workload === second.workload ? [] : ['workloads']),
    ...(first.seeds.join() === second.seeds.join() ? [] : ['seeds']),
  ];
  if (what.length === 0) return undefined;
  return html`<p class="notice">A and B had different ${what.join(' and ')}: part of every difference is due to that, and sums say little. Figures for each job can be compared.</p>`;
}
