import { type Html, html } from './html.ts';
import type { ReportRuns } from './report-input.ts';
import { pairOf } from './section.ts';
import { brokenPromisesSection } from './sections/broken-promises.ts';
import { costSection } from './sections/costs.ts';
import { callsSection, jobCountsSection, machineCountsSection, trialsSection } from './sections/counts.ts';
import { fleetsSection } from './sections/fleets.ts';
import { keyFiguresSection } from './sections/key-figures.ts';
import { overTimeSection } from './sections/over-time.ts';
import { readinessSection } from './sections/readiness.ts';
import { reportHead } from './sections/report-head.ts';
import { runnerTimeSection } from './sections/runner-time.ts';
import { waitStagesSection } from './sections/wait-stages.ts';
import { waitsSection } from './sections/waits.ts';
import { reportStyle } from './style/report-style.ts';

const sections = [
  overTimeSection,
  waitsSection,
  waitStagesSection,
  pairOf(costSection, runnerTimeSection),
  pairOf(readinessSection, callsSection),
  fleetsSection,
  pairOf(jobCountsSection, machineCountsSection),
  trialsSection,
];

/** No script, and nothing from anywhere: even a name that slipped through could do nothing. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** One page that holds all it needs: what a configuration would cost, and how long jobs would wait. */
export function reportPage(runs: ReportRuns): string {
  const names = runs.map(({ name }) => name).join(' and ');
  const page: Html = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${names} · Simulation</title>
<link rel="icon" href="data:,">
<style>${{ markup: reportStyle() }}</style>
</head>
<body class="${runs.length === 2 ? 'two-runs' : 'one-run'}">
<main>
${reportHead(runs)}
${brokenPromisesSection(runs)}
${keyFiguresSection(runs)}
${sections.map((section) => section(runs))}
</main>
<footer><p>Simulated: no job ran, no machine was paid. The same seed gives the same report.</p></footer>
</body>
</html>
`;
  return page.markup;
}
