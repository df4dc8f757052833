/** Runs seeds under heavy faults until the minutes are over: `npm run campaign -- --minutes 60`. */
import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { tellBreach } from '../../src/simulator/breach/tell-breach.ts';
import type { OutcomeSum, SeedBreach } from '../../src/simulator/campaign/outcome-sum.ts';
import { campaignScenario, neverReached, runCampaign } from './campaign.ts';
import { pastFailures } from './past-failures.ts';

const storiesTold = 3;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

function refuse(sentence: string): never {
  process.stderr.write(`error: ${sentence}\n`);
  process.exit(2);
}

function readOptions(): { readonly minutes: number; readonly firstSeed: number } {
  try {
    const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
    const minutes = Number(values.minutes ?? 5);
    const firstSeed = values.seed === undefined ? randomInt(2 ** 32) : Number(values.seed);
    if (!(minutes > 0)) refuse('--minutes: write a number above 0.');
    if (!(Number.isInteger(firstSeed) && firstSeed >= 0 && firstSeed < 2 ** 32))
      refuse('--seed: write a whole number from 0 to 4294967295.');
    return { minutes, firstSeed };
  } catch (error) {
    return refuse(`${(error as Error).message} There are --minutes and --seed.`);
  }
}

const tally = (counts: Readonly<Record<string, number>>): readonly string[] =>
  Object.entries(counts)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, count]) => `  ${name.padEnd(40)} ${count.toLocaleString('en').padStart(12)}`);

function printSum({ seeds, failedSeeds, tally: all }: OutcomeSum): void {
  const struck = Object.values(all.faults).reduce((sum, count) => sum + count, 0);
  print('');
  for (const line of tally({
    seeds,
    jobs: all.jobs,
    'faults that struck': struck,
    'seeds that failed': failedSeeds.length,
  }))
    print(line);
  print(['\nfaults', ...tally(all.faults)].join('\n'));
  if (Object.keys(all.sometimes).length > 0) print(['\nsometimes', ...tally(all.sometimes)].join('\n'));
}

async function printStories(breaches: readonly SeedBreach[]): Promise<void> {
  for (const { seed, ...breach } of breaches.slice(0, storiesTold)) {
    const command = `make simulate ARGS="--seed ${seed} --faults heavy"`;
    print(`\n${await tellBreach({ name: 'the campaign', scenario: campaignScenario, seed, breach, command })}`);
  }
}

const { minutes, firstSeed } = readOptions();
print(`${pastFailures.length} seeds that failed once, then ${minutes} minutes from seed ${firstSeed} on`);
const endAt = Date.now() + minutes * 60_000;
const breaches: SeedBreach[] = [];
const sum = await runCampaign({
  pastSeeds: pastFailures.map(({ seed }) => seed),
  firstSeed,
  isOver: () => Date.now() >= endAt,
  threads: availableParallelism(),
  onBreach(breach) {
    print(`seed ${breach.seed} broke ${breach.promise}: ${breach.subject}. ${breach.what}`);
    breaches.push(breach);
  },
});
if (sum === undefined) refuse('--minutes: not one seed was run in that time.');
printSum(sum);
await printStories(breaches);
const missed = neverReached(sum);
for (const name of missed) print(`Never happened, and should sometimes: ${name}.`);
process.exitCode = breaches.length > 0 || missed.length > 0 ? 1 : 0;
