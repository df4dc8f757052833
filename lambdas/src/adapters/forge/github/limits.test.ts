import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { all } from '../../../../tests/contracts/forge-subject.ts';
import { failure, fakeTimers, realTimers, secondsUntil } from '../../../../tests/github/hurried-timers.ts';
import {
  type Script,
  type ScriptedAnswer,
  type ScriptedGithub,
  scriptedGithub,
  testSpec as spec,
  startAt,
  testKey,
} from '../../../../tests/github/scripted-github.ts';
import { ThrottledError } from '../../../core/errors.ts';

const list = 'GET /orgs/acme/actions/runners';
const jit = 'POST /orgs/acme/actions/runners/generate-jitconfig';

const empty: ScriptedAnswer = { body: { total_count: 0, runners: [] } };
const secondary = (headers: Readonly<Record<string, string>>, status = 403): ScriptedAnswer => ({
  status,
  headers,
  body: { message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.' },
});

/** The first answers, and the last one for ever. */
const inTurn = (...answers: readonly ScriptedAnswer[]) => {
  let turn = 0;
  return (): ScriptedAnswer => answers[Math.min(turn++, answers.length - 1)] ?? {};
};
const readList = ({ forge }: ScriptedGithub) => all(forge.listRunners('org:acme'));
// The plugins wait by timers, which nothing here has time for.
beforeEach(fakeTimers);
afterEach(realTimers);

describe('a secondary limit', () => {
  test.each([403, 429])('with status %s is waited for as long as GitHub asks', async (status) => {
    const github = scriptedGithub({ [list]: inTurn(secondary({ 'retry-after': '7' }, status), empty) });
    const read = readList(github);
    expect(await secondsUntil(read)).toBeGreaterThanOrEqual(7);
    expect(await read).toEqual([]);
    expect(github.asked).toEqual([list, list]);
  });

  test('is waited for by writes too, as they had no effect', async () => {
    const answer = { status: 201, body: { runner: { id: 5, name: 'one' }, encoded_jit_config: 'c2VjcmV0' } };
    const github = scriptedGithub({ [jit]: inTurn(secondary({ 'retry-after': '2' }), answer) });
    const create = github.forge.createRunner(spec);
    await secondsUntil(create);
    expect((await create).registration.id).toBe('5');
  });

  test('beyond our patience is thrown at once, with its time', async () => {
    const github = scriptedGithub({ [list]: inTurn(secondary({ 'retry-after': '600' })) });
    const thrown = failure(readList(github));
    expect(await secondsUntil(thrown)).toBe(0);
    expect(await thrown).toBeInstanceOf(ThrottledError);
    expect(await thrown).toHaveProperty('retryAt', startAt + 600_000);
  });

  test('that comes again and again ends our patience', async () => {
    const github = scriptedGithub({ [list]: inTurn(secondary({ 'retry-after': '25' })) });
    const thrown = failure(readList(github));
    expect(await secondsUntil(thrown)).toBeLessThanOrEqual(60);
    expect(await thrown).toBeInstanceOf(ThrottledError);
    expect(github.asked).toHaveLength(3);
    expect(github.log.lines.map(({ fields }) => fields.again)).toEqual([true, true, false]);
  });

  test.each<[string, ScriptedAnswer]>([
    ['abuse', { status: 403, body: { message: 'You have triggered an abuse detection mechanism.' } }],
    [
      'too many registrations',
      { status: 403, headers: { 'retry-after': '90' }, body: { message: 'Too many runners' } },
    ],
    ['429 without a word', { status: 429, body: {} }],
  ])('in other words (%s) is throttling, not denial', async (_which, answer) => {
    const github = scriptedGithub({ [list]: inTurn(answer) });
    const thrown = failure(readList(github));
    await secondsUntil(thrown);
    expect(await thrown).toBeInstanceOf(ThrottledError);
    expect(github.asked).toHaveLength(1);
  });
});

describe('the primary limit', () => {
  const used = (resetAt: number): ScriptedAnswer => ({
    status: 403,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(resetAt / 1000) },
    body: { message: 'API rate limit exceeded for installation ID 70.' },
  });

  test('that is reset soon is waited for', async () => {
    const github = scriptedGithub({ [list]: inTurn(used(startAt + 5000), empty) });
    const read = readList(github);
    expect(await secondsUntil(read)).toBeGreaterThanOrEqual(5);
    expect(await read).toEqual([]);
  });

  test('that is reset late is thrown with that time', async () => {
    const github = scriptedGithub({ [list]: inTurn(used(startAt + 1_800_000)) });
    const thrown = failure(readList(github));
    await secondsUntil(thrown);
    expect(await thrown).toHaveProperty('retryAt', startAt + 1_800_000);
  });
});

describe('a failure that may pass', () => {
  const down: ScriptedAnswer = { status: 502, body: '<html>Bad gateway</html>' };

  test('is tried again for reads', async () => {
    const github = scriptedGithub({ [list]: inTurn(down, down, empty) });
    const read = readList(github);
    await secondsUntil(read);
    expect(await read).toEqual([]);
  });

  test('is not tried again for ever', async () => {
    const github = scriptedGithub({ [list]: inTurn(down) });
    const thrown = failure(readList(github));
    await secondsUntil(thrown);
    expect(await thrown).toHaveProperty('status', 502);
    expect(github.asked).toHaveLength(3);
  });

  test('is not tried again for writes, which may have taken effect', async () => {
    const github = scriptedGithub({ [jit]: inTurn(down) });
    const thrown = failure(github.forge.createRunner(spec));
    await secondsUntil(thrown);
    expect(await thrown).toHaveProperty(
      'message',
      'GitHub answered 502 to POST /api/v3/orgs/acme/actions/runners/generate-jitconfig',
    );
    expect(github.asked).toEqual([jit]);
  });
});

describe('our own pace', () => {
  test('lets at most three writes start in a second, for each App by itself', async () => {
    const starts: [string | undefined, number][] = [];
    const route = 'POST /orgs/acme/actions/runners/generate-jitconfig';
    const script: Script = {
      'GET /orgs/acme/installation': ({ headers }) => {
        const claims = Buffer.from(headers.get('authorization')?.split('.')[1] ?? '', 'base64url').toString();
        return { body: { id: JSON.parse(claims).iss } };
      },
      [route]: ({ body }) => {
        const { name } = body as { name: string };
        starts.push([name.split('-')[0], Date.now() - startAt]);
        return { status: 201, body: { runner: { id: 5, name }, encoded_jit_config: 'c2VjcmV0' } };
      },
    };
    const sleep = (seconds: number) => new Promise<void>((wake) => setTimeout(wake, seconds * 1000));
    const clock = { now: () => Date.now(), sleep, fraction: () => 0.5, id: () => crypto.randomUUID() };
    const apps = [7, 8].map((id) => ({ id, privateKey: testKey }));
    const { forge } = scriptedGithub(script, { clock, apps });
    const names = [1, 2, 3, 4, 5, 6, 7].flatMap((i) =>
      ['7', '8'].map((app) => ({ app: `app-${app}`, name: `${app}-${i}` })),
    );
    await secondsUntil(Promise.all(names.map((name) => forge.createRunner({ ...spec, ...name }))));
    for (const app of ['7', '8']) {
      const own = starts.filter(([who]) => who === app).map(([, at]) => at);
      expect(own).toHaveLength(7);
      const spans = own.slice(3).map((at, i) => at - (own[i] ?? 0));
      expect(Math.min(...spans)).toBeGreaterThanOrEqual(900);
      expect(own.at(-1)).toBeLessThan(3000);
    }
  });
});
