import { type Figure, figureTable } from '../figure-table.ts';
import { type Html, html } from '../html.ts';
import { meanText } from '../number-text.ts';
import { aJob, type ReportResult, type ReportRun, type ReportRuns } from '../report-input.ts';
import { section } from '../section.ts';

type CountOf = (result: ReportResult) => number;

const counted = (name: string, better: Figure['better'], of: CountOf, note?: string): Figure => ({
  name,
  unit: 'count',
  better,
  of: ({ result }) => of(result),
  ...(note === undefined ? {} : { note }),
});

const jobFigures: readonly Figure[] = [
  counted('Jobs', 'neither', ({ jobs }) => jobs),
  counted('Ran', 'neither', ({ ran }) => ran),
  counted('Ran twice', 'lower', ({ ranTwice }) => ranTwice),
  counted('Lost', 'lower', ({ lost }) => lost, 'Could run, and never did.'),
  counted('Cancelled', 'neither', ({ cancelled }) => cancelled),
  counted('Without a fleet', 'neither', ({ unmatched }) => unmatched, 'No fleet has the labels that they ask for.'),
  counted('Ended by Spot', 'lower', ({ endedBySpot }) => endedBySpot, 'AWS took the machine back.'),
  counted('Ended by the forge', 'lower', ({ endedByForge }) => endedByForge),
  counted('Ended by us while busy', 'lower', ({ busyKills }) => busyKills),
];

const machineFigures: readonly Figure[] = [
  counted('Machines launched', 'lower', ({ launched }) => launched),
  counted('Leaked machines', 'lower', ({ leakedInstances }) => leakedInstances),
  counted('Leaked registrations', 'lower', ({ leakedRegistrations }) => leakedRegistrations),
  counted('Launches over the limit', 'lower', ({ overLimit }) => overLimit),
  { name: 'Simulated time', unit: 'seconds', better: 'neither', of: ({ result }) => result.virtualSeconds },
];

const services = { github: 'GitHub', ec2: 'EC2', ssm: 'SSM', dynamodb: 'DynamoDB', sqs: 'SQS' } as const;

const callFigures = (Object.keys(services) as (keyof typeof services)[]).map(
  (service): Figure => ({
    ...counted(services[service], 'lower', ({ calls }) => calls[service]),
    beside: (run) => perJobText(run, run.result.calls[service]),
  }),
);

function perJobText(run: ReportRun, calls: number): string | undefined {
  const each = aJob(run, calls);
  return each === undefined ? undefined : `${meanText(each)} a job`;
}

/** What became of jobs. */
export const jobCountsSection = (runs: ReportRuns): Html =>
  section({ title: 'Jobs, counted', body: figureTable('Jobs', jobFigures, runs) });

/** What became of machines. */
export const machineCountsSection = (runs: ReportRuns): Html =>
  section({ title: 'Machines, counted', body: figureTable('Machines', machineFigures, runs) });

/** What our functions asked of each service. */
export const callsSection = (runs: ReportRuns): Html =>
  section({
    title: 'Calls to services',
    about: 'Made by our functions and machines.',
    body: figureTable('Calls', callFigures, runs, 'calls'),
  });

/** What went wrong on purpose, and what the run came to because of it. */
export const trialsSection = (runs: ReportRuns): Html =>
  section({
    title: 'What the simulation tried',
    body: html`
${longTable('Faults injected', runs, ({ faults }) => faults)}
${longTable('Rare branches reached', runs, ({ sometimes }) => sometimes)}`,
  });

type RecordOf = (result: ReportResult) => Readonly<Record<string, number>>;

/** A row for each name that a run knows; folded up, as there are many. */
function longTable(title: string, runs: ReportRuns, recordOf: RecordOf): Html {
  const names = [...new Set(runs.flatMap(({ result }) => Object.keys(recordOf(result))))].sort();
  if (names.length === 0) return html`<p class="empty">${title}: none.</p>`;
  const figures = names.map((name) => counted(sentenceCase(name), 'neither', (result) => recordOf(result)[name] ?? 0));
  return html`
<details>
<summary>${title} <small>${names.length}</small></summary>
${figureTable(title, figures, runs)}
</details>`;
}

/** `ec2-throttled` → `EC2 throttled` */
const sentenceCase = (name: string): string =>
  (name.charAt(0).toUpperCase() + name.slice(1))
    .replaceAll('-', ' ')
    .replace(/\b(ec2|ssm|sqs|aws)\b/gi, (word) => word.toUpperCase());
