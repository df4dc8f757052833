import { expect, test } from '@jest/globals';
import { readTrace } from './read-trace.ts';

const jobsOf = (text: string) => [...readTrace(text, 'ci.csv').jobs()];

const header = 'queued_at,duration_s,labels,repo';
const job = { atSeconds: 0, durationSeconds: 60, labels: ['self-hosted', 'linux'], repo: 'acme/app' };
const at = '2026-01-05T08:00:00Z';

test.each([
  ['as documented', `${header}\n${at},60,self-hosted linux,acme/app\n`],
  ['without a last line break', `${header}\n${at},60,self-hosted linux,acme/app`],
  ['by Windows', `\uFEFF${header}\r\n${at},60,self-hosted linux,acme/app\r\n`],
  [
    'in another order, with more columns',
    `id,repo,labels,x,queued_at,duration_s\n7,acme/app,self-hosted linux,,${at},60`,
  ],
  ['all in quotes', `"queued_at","duration_s","labels","repo"\n"${at}","60","self-hosted linux","acme/app"`],
  ['with commas in quotes', `${header},name\n${at},60,"self-hosted,linux",acme/app,"build, ""fast"""`],
  ['with a line break in quotes', `name,${header}\n"a\nb",${at},60,self-hosted linux,acme/app`],
  ['with blanks and capitals', ` Queued_At , DURATION_S,labels,repo\n ${at} , 60 , self-hosted linux , acme/app `],
  ['with empty lines', `\n${header}\n\n${at},60,self-hosted linux,acme/app\n,,,\n\n`],
  ['with empty optional columns', `${header},blocked_s,cancel_after_s\n${at},60,self-hosted linux,acme/app,,\n`],
  ['with an approval at once', `${header},blocked_s\n${at},60,self-hosted linux,acme/app,0\n`],
])('a table %s is read', (_, text) => {
  expect(jobsOf(text)).toEqual([job]);
});

test('approvals and cancellations are read', () => {
  const rows = [`${at},60,linux,acme/app,900,`, `${at},60,linux,acme/app,,0`, `${at},60,linux,acme/app,5.5,30`];
  const jobs = jobsOf([`${header},blocked_s,cancel_after_s`, ...rows].join('\n'));
  expect(jobs.map(({ blockedSeconds, cancelAfterSeconds }) => [blockedSeconds, cancelAfterSeconds])).toEqual([
    [900, undefined],
    [undefined, 0],
    [5.5, 30],
  ]);
});

test.each([
  ['nothing', '', 'ci.csv cannot be used as a trace:\n  - It is empty; write a first line with queued_at, duration_s'],
  ['a header alone', header, 'It has no jobs; write a row for each.'],
  [
    'columns of another tool',
    'job_id,start_time,name\n1,2,3',
    'line 1: these columns are missing: queued_at, duration_s, labels, repo. Found between commas: "job_id, start_time, name". Write as queued_at when',
  ],
  [
    'a column misspelt',
    'queued_at,duration,labels,repo',
    'Is duration meant for duration_s? Write as duration_s how many',
  ],
  ['semicolons', 'queued_at;duration_s;labels;repo', 'Found between commas: "queued_at;duration_s;labels;repo"'],
  ['a column twice', `${header},Repo`, 'line 1: there are two columns repo; keep one.'],
  ['too few fields', `${header}\n${at},60,linux`, 'line 2: it has 3 fields and the first line 4'],
  ['too many fields', `${header}\n${at},60,linux,x64,acme/app`, 'put what contains a comma in quotes'],
  [
    'an open quote',
    `${header}\n"${at},60,linux,acme/app`,
    'a field in quotes does not end; close it; what follows was',
  ],
  ['a quote in a field', `${header}\n${at},60,li"nux,acme/app`, 'line 2: a quote stands inside a field'],
  ['text after a quote', `${header}\n${at},60,"li"nux,acme/app`, 'line 2: a field goes on after its closing quote'],
  ['no time', `${header}\n,60,linux,acme/app`, 'line 2: queued_at is missing; write when the job was queued'],
  ['a bad time', `${header}\n8 o'clock,60,linux,acme/app`, `line 2: queued_at is "8 o'clock"; write when the job`],
  [
    'a negative duration',
    `${header}\n${at},-5,linux,acme/app`,
    'duration_s is "-5"; write how many seconds the job ran',
  ],
  ['no labels', `${header}\n${at},60,,acme/app`, 'labels is missing; write the labels that it asks for, separated by'],
  ['no owner', `${header}\n${at},60,linux,app`, 'repo is "app"; write its repository as owner/name.'],
  ['a bad approval', `${header},blocked_s\n${at},60,linux,a/b,soon`, 'blocked_s is "soon"; write for how many seconds'],
  ['a bad end', `${header},cancel_after_s\n${at},60,linux,a/b,-1`, 'cancel_after_s is "-1"; write how many seconds'],
  ['a long text', `${header}\n${'9'.repeat(500)},60,linux,a/b`, `queued_at is "${'9'.repeat(59)}…; write`],
  ['control characters', `${header}\n\u001b[2J,60,linux,a/b`, 'queued_at is "\\u001b[2J"; write'],
])('%s: refused, with what to write', (_, text, sentence) => {
  expect(() => jobsOf(text)).toThrow(sentence);
});

test('all that is wrong with a row is told at once, with the line in which it stands', () => {
  const text = `name,${header}\n"a\nb",${at},60,linux,acme/app\n\nc,never,-1,,acme`;
  expect(() => jobsOf(text)).toThrow(/line 5: queued_at.*\n.*line 5: duration_s.*\n.*line 5: labels.*\n.*line 5: repo/);
});
