import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ProcessFolder, processFolder } from '../../tests/doubles/processes.ts';
import { programIn } from '../../tests/local/program.ts';
import { run } from '../../tests/local/running.ts';

let folder: ProcessFolder;
let main: string;
beforeAll(() => {
  folder = processFolder();
  main = programIn(folder.path).main;
});
afterAll(() => folder[Symbol.dispose]());

interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

async function simulate(...args: readonly string[]): Promise<Ended> {
  const running = run(folder.path, main, ['simulate', ...args]);
  const status = await running.ended(90);
  return { status, output: running.output(), errors: running.errors() };
}

function write(name: string, content: unknown): string {
  writeFileSync(join(folder.path, name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
}

const deployment = {
  forge: { kind: 'github', app: { id: 7, privateKeyFile: 'nowhere.pem' }, webhookSecretFile: 'nowhere' },
  compute: { kind: 'process', command: ['true'] },
  fleets: { linux: { labels: ['self-hosted', 'linux'], runnersMaximumCount: 5 } },
};
const traceText = 'queued_at,duration_s,labels,repo\n2026-03-02T08:00:00Z,60,linux,acme/app\n';

/** No machine comes up before its limit: every job is lost. */
const hopeless = ['--jobs', '3', '--workload', 'steady', '--boot-seconds', '3600'];

describe('figures', () => {
  test('are the same bytes for the same seed, on however many threads', async () => {
    const args = ['--seeds', '4', '--faults', 'heavy', '--jobs', '8', '--json'];
    const [one, again, many] = [
      await simulate(...args, '--threads', '1'),
      await simulate(...args, '--threads', '1'),
      await simulate(...args, '--threads', '3'),
    ];
    expect(one.output).not.toBe('');
    expect(again).toEqual(one);
    expect(many).toEqual(one);
  });

  test('of several seeds are sums, and those of the seeds one by one', async () => {
    const args = ['--faults', 'light', '--jobs', '6', '--json'];
    const both = JSON.parse((await simulate(...args, '--seed', '5', '--seeds', '2')).output);
    const each = [
      JSON.parse((await simulate(...args, '--seed', '5')).output),
      JSON.parse((await simulate(...args, '--seed', '6')).output),
    ];
    expect(both).toMatchObject({
      seed: 5,
      seeds: 2,
      jobs: each[0].jobs + each[1].jobs,
      ran: each[0].ran + each[1].ran,
    });
    expect(both.peakRunners).toBe(Math.max(each[0].peakRunners, each[1].peakRunners));
    expect(both.waitSeconds.max).toBe(Math.max(each[0].waitSeconds.max, each[1].waitSeconds.max));
    expect(Object.keys(each[0])).toEqual(Object.keys(both));
  });

  test('of two configurations stand side by side, whose files need not be there', async () => {
    const one = write('one.json', deployment);
    const two = write('two.json', { ...deployment, runnersMaximumCount: 1 });
    const args = ['--config', one, '--config', two, '--jobs', '20', '--workload', 'matrix-bursts'];
    const { output, status } = await simulate(...args, '--json', '--out', 'report.html');
    const figures = JSON.parse(output);
    expect(figures).toMatchObject([
      { config: 'one.json', jobs: 20, lost: 0 },
      { config: 'two.json', jobs: 20, lost: 0, peakRunners: 1 },
    ]);
    expect(status).toBe(0);
    expect(readFileSync(join(folder.path, 'report.html'), 'utf8')).toMatch(/one\.json.*two\.json/s);
    expect((await simulate(...args)).output).toMatch(/^ +one\.json +two\.json\njobs +20 +20\n/);
  });

  test('are of the jobs of a trace, priced as one likes', async () => {
    const trace = write('jobs.csv', traceText);
    const config = write('one.json', {
      ...deployment,
      fleets: { linux: { ...deployment.fleets.linux, instanceTypes: ['m7i.large'], market: 'on-demand' } },
    });
    const prices = write('prices.json', { 'm7i.large': 36 });
    const { output } = await simulate('--config', config, '--trace', trace, '--prices', prices, '--json');
    const { workload, jobs, runnerSeconds, cost } = JSON.parse(output);
    expect({ workload, jobs }).toEqual({ workload: 'jobs.csv', jobs: 1 });
    const seconds = runnerSeconds.boot + runnerSeconds.idle + runnerSeconds.busy;
    // A cent a second, from running on.
    expect(cost.onDemand).toBeGreaterThan(0.6);
    expect(cost.onDemand).toBeLessThan(0.01 * seconds);
  });

  test('are told to people without --json, and nothing is said on the side', async () => {
    const { status, output, errors } = await simulate('--jobs', '5', '--workload', 'steady');
    expect({ status, errors }).toEqual({ status: 0, errors: '' });
    expect(output).toMatch(/^ +example\njobs +5\n {2}ran +5\n/);
    expect(output).toMatch(/\nEvery promise was kept\.\n$/);
    expect(existsSync(join(folder.path, 'example.html'))).toBe(false);
  });
});

describe('what should be known before figures are believed is noted', () => {
  const github = (id: number, labels: readonly string[]) => ({
    id,
    run_url: 'https://api.github.com/repos/Acme/App/actions/runs/7',
    status: 'completed',
    conclusion: 'success',
    created_at: '2026-03-02T08:00:00Z',
    started_at: '2026-03-02T08:00:10Z',
    completed_at: '2026-03-02T08:01:00Z',
    runner_name: 'r',
    labels,
  });

  test('jobs that are no part of the run, and those that no fleet takes; and these keep it going no longer', async () => {
    const trace = write('run.json', { jobs: [github(1, []), github(2, ['linux']), github(3, ['ubuntu-latest'])] });
    const { status, output, errors } = await simulate('--config', write('one.json', deployment), '--trace', trace);
    expect(status).toBe(0);
    expect(errors).toMatch(/^note: --trace run\.json: left out are 1 × has no labels.*\.$/m);
    expect(errors).toMatch(/^note: --trace run\.json: no fleet of one\.json takes 1 × ubuntu-latest\.$/m);
    expect(output).toMatch(/^jobs +2\n {2}ran +1\n/m);
    expect(output).toMatch(/^time simulated +\d+ min/m);
  });

  test('prices that are guessed, and prices that nobody asked for', async () => {
    const fleets = { linux: { ...deployment.fleets.linux, instanceTypes: ['p5.48xlarge', 'm7i.large'] } };
    const config = write('one.json', { ...deployment, fleets });
    const { errors } = await simulate(
      '--config',
      config,
      '--jobs',
      '2',
      '--prices',
      write('p.json', { 'm7i.lage': 1 }),
    );
    expect(errors).toBe(
      'note: p5.48xlarge has no price here and is taken for $9.60 an hour: --prices brings yours.\n' +
        'note: --prices: no fleet has machines of type m7i.lage.\n',
    );
  });

  test('waits of no job are none', async () => {
    const trace = write('jobs.csv', traceText.replace('linux', 'windows'));
    const { output } = await simulate('--config', write('one.json', deployment), '--trace', trace);
    expect(output).toMatch(/^waited, half of them +–$/m);
  });
});

test('what dropped deliveries added, and a limit of none, stand in the report', async () => {
  const nobody = write('nobody.json', { ...deployment, runnersMaximumCount: 0 });
  const jobs = ['--workload', 'steady', '--jobs', '6', '--out', 'report.html'];
  const report = (): string => readFileSync(join(folder.path, 'report.html'), 'utf8');
  await simulate(...jobs, '--drop-webhooks', '1');
  expect(report()).toContain('Added to p95');
  const { status } = await simulate(...jobs, '--config', nobody);
  expect({ status, says: />of 0 runners</.test(report()) }).toEqual({ status: 0, says: true });
});

describe('a broken promise', () => {
  test('ends with 1, and tells the seed, the promise, the story, and the command that shows it again', async () => {
    const first = await simulate(...hopeless, '--seed', '9', '--json');
    expect(first.status).toBe(1);
    expect(JSON.parse(first.output)).toMatchObject({ seed: 9, failedSeeds: [9], lost: 3 });
    expect(first.errors).toMatch(/^\nSeed 9 of example broke a promise, no-job-lost: sim\//);
    expect(first.errors).toMatch(/\n {2}\+\d\d:\d\d:\d\d {2}scale-up: .*breaker-open/);

    const [, command = ''] = /To see it again:\n {2}(.+)\n/.exec(first.errors) ?? [];
    const [, args = ''] = / simulate (.+)$/.exec(command) ?? [];
    expect(await simulate(...args.split(' '), '--json')).toEqual(first);
  });

  test('is shrunk to a run that breaks it too', async () => {
    const first = await simulate(...hopeless, '--shrink', '--json');
    expect(first.errors).toMatch(/^\nShrunk to 1 job and no fault, in \d+ runs\.\n/);
    const [, args = ''] = / simulate (--seed .+)\n/.exec(first.errors) ?? [];
    const again = await simulate(...args.split(' '), '--json');
    expect(JSON.parse(again.output)).toMatchObject({ jobs: 1, lost: 1 });
    const breachOf = ({ errors }: Ended) => /Seed 1 of .*/s.exec(errors)?.[0];
    expect(breachOf(again)).toBe(breachOf(first));
  });
});

describe('what cannot be done ends with 2, in words that name the option', () => {
  beforeAll(() => {
    write('good.json', deployment);
    write('bad.json', { ...deployment, prefix: 'No Prefix', fleets: { linux: { lables: ['x'], labels: ['x'] } } });
    write('broken.json', '{');
    write('jobs.csv', traceText);
    write('bad.csv', 'when\n1\n');
    write('list.json', []);
    write('endless.json', '{"m7i.large":1e400}');
    write('words.json', { 'm7i.large': 'cheap' });
  });
  test.each<[string, readonly string[], RegExp]>([
    ['an unknown fault', ['--faults', 'event-lost'], /--faults.*Did you mean events-lost\?.*calls-fail/],
    ['an unknown workload', ['--workload', 'stedy'], /--workload.*Did you mean steady\?/],
    ['no jobs', ['--jobs', '0'], /--jobs.*1 to 5000000/],
    ['a seed below zero', ['--seed', '-1'], /--seed.*0 to 4294967295/],
    ['more seeds than there are', ['--seed', '4294967295', '--seeds', '2'], /--seeds.*4294967295/],
    ['a chance above one', ['--drop-webhooks', '2'], /--drop-webhooks.*0 to 1/],
    ['machines that boot in no time', ['--boot-seconds', '0'], /--boot-seconds.*above 0/],
    ['no App', ['--apps', '0'], /--apps.*from 1/],
    ['places that are none', ['--only-jobs', '3-1'], /--only-jobs.*3,7,9-12/],
    ['some of no faults', ['--only-faults', 'events-lost'], /--only-faults.*--faults/],
    ['two sources of jobs', ['--trace', 'jobs.csv', '--workload', 'steady'], /--trace and --workload/],
    ['a number for a trace', ['--trace', 'jobs.csv', '--jobs', '3'], /--jobs.*trace/],
    ['a trace that is none', ['--trace', 'bad.csv'], /--trace bad\.csv.*columns are missing/s],
    ['a trace that is not there', ['--trace', 'no.csv'], /--trace no\.csv cannot be read/],
    ['a configuration that is not there', ['--config', 'no.json'], /--config no\.json cannot be read/],
    ['a configuration that is no JSON', ['--config', 'broken.json'], /--config broken\.json is no JSON/],
    ['a configuration with problems: all', ['--config', 'bad.json'], /bad\.json.*- prefix:.*- fleets\.linux\.lables:/s],
    [
      'three configurations',
      ['good', 'good', 'good'].flatMap((name) => ['--config', `${name}.json`]),
      /--config.*twice/,
    ],
    ['prices that are a list', ['--prices', 'list.json'], /--prices list\.json: write dollars/],
    ['a price beyond all numbers', ['--prices', 'endless.json'], /--prices endless\.json.*m7i\.large/],
    ['a price in words', ['--prices', 'words.json'], /--prices words\.json.*m7i\.large/],
    ['a place beyond the last job', ['--jobs', '5', '--only-jobs', '2,6'], /--only-jobs.*no place 6 among 5 jobs/],
    [
      'a report over its own trace',
      ['--trace', 'jobs.csv', '--out', './jobs.csv'],
      /--out \.\/jobs\.csv is read as well/,
    ],
    ['a report in no folder', ['--out', 'no/report.html'], /--out no\/report\.html cannot be written/],
  ])('%s', async (_what, args, says) => {
    const { status, output, errors } = await simulate(...args);
    expect({ status, output }).toEqual({ status: 2, output: '' });
    expect(errors).toMatch(/^error: /);
    expect(errors).toMatch(says);
    expect(errors).not.toMatch(/^ +at |node_modules|\.[jt]s:\d/m);
  });
});
