import type { IdleWindow, PoolTick } from '../../../core/config.ts';
import { type Html, html } from '../html.ts';
import { countOf } from '../number-text.ts';
import type { ReportFleet, ReportRun, ReportRuns } from '../report-input.ts';
import { columns } from '../run-label.ts';
import { section } from '../section.ts';

interface Setting {
  readonly name: string;
  /** One text an entry. */
  of(fleet: ReportFleet): readonly string[];
}

const settings: readonly Setting[] = [
  { name: 'Labels', of: ({ labels }) => labels },
  { name: 'Limit', of: ({ runnersMaximumCount }) => [limitText(runnersMaximumCount)] },
  { name: 'Market', of: (fleet) => [marketText(fleet)] },
  { name: 'Machines', of: ({ instanceTypes }) => instanceTypes },
  { name: 'A runner takes', of: ({ ephemeral }) => [ephemeral ? 'one job' : 'one job after another'] },
  { name: 'Pool', of: ({ poolConfig }) => orNone(poolConfig.map(poolText)) },
  { name: 'Idle window', of: ({ idleConfig }) => orNone(idleConfig.map(idleText)) },
];

const limitText = (limit: number): string => (limit < 0 ? 'none' : countOf(limit, 'runner'));
const orNone = (texts: readonly string[]): readonly string[] => (texts.length > 0 ? texts : ['none']);

const marketText = ({ market, onDemandFailover }: ReportFleet): string =>
  market === 'on-demand' ? 'on demand' : `Spot${onDemandFailover ? ', else on demand' : ''}`;

const poolText = ({ size, scheduleExpression, timeZone }: PoolTick): string =>
  `${size} at ${scheduleExpression}, ${timeZone}`;

const idleText = ({ idleCount, cron, timeZone }: IdleWindow): string => `${idleCount} while ${cron}, ${timeZone}`;

/** What was configured; with two runs, what differs is marked. */
export const fleetsSection = (runs: ReportRuns): Html =>
  section({ title: 'Fleets', body: columns(runs, (run, place) => fleetsOf(run, runs[1 - place])) });

function fleetsOf({ fleets }: ReportRun, other: ReportRun | undefined): Html {
  if (fleets.length === 0) return html`<p class="empty">It has no fleet.</p>`;
  const twinOf = (fleet: ReportFleet): Twin =>
    other && (other.fleets.find(({ name }) => name === fleet.name) ?? 'absent');
  return html`<div class="fleets">${fleets.map((fleet) => fleetCard(fleet, twinOf(fleet)))}</div>`;
}

/** The fleet of that name in the other run, if there is another run. */
type Twin = ReportFleet | 'absent' | undefined;

const fleetCard = (fleet: ReportFleet, twin: Twin): Html => html`
<article class="fleet">
${fleetHeading(html`${fleet.name}${twin === 'absent' && differs('only here')}`, twin)}
<dl>${settings.map((setting) => settingRow(setting, fleet, twin))}</dl>
</article>`;

/** Beside another run, it stands below the run's own heading. */
const fleetHeading = (text: Html, twin: Twin): Html =>
  twin === undefined ? html`<h3>${text}</h3>` : html`<h4>${text}</h4>`;

function settingRow({ name, of }: Setting, fleet: ReportFleet, twin: Twin): Html {
  const texts = of(fleet);
  const isOther = typeof twin === 'object' && of(twin).join() !== texts.join();
  const entries = texts.map((text) => html`<span class="entry">${text}</span> `);
  return html`<div><dt>${name}</dt><dd>${entries}${isOther && differs('differs')}</dd></div>`;
}

const differs = (text: string): Html => html` <b class="verdict">${text}</b>`;
