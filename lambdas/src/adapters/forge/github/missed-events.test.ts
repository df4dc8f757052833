import { describe, expect, test } from '@jest/globals';
import { all } from '../../../../tests/contracts/forge-subject.ts';
import { type SeenRequest, scriptedGithub, startAt, testKey } from '../../../../tests/github/scripted-github.ts';
import { MalformedError } from '../../../core/errors.ts';
import type { MissedEvent } from '../../../ports/forge.ts';

interface Attempt {
  readonly id: bigint | number;
  readonly guid: string;
  readonly agoSeconds: number;
  readonly ok?: boolean;
  readonly event?: string;
  /** Undefined: a good one, whose job has the number in the guid. */
  readonly payload?: unknown;
}

const payloadOf = (guid: string) => ({
  action: 'queued',
  workflow_job: { id: Number(guid.slice(1)), status: 'queued', labels: [] },
  repository: { full_name: 'acme/app', owner: { login: 'acme' } },
});

/** JSON as GitHub writes it: ids past 2^53 are numbers too. */
const listOf = (attempts: readonly Attempt[]): unknown =>
  attempts.map(({ id, guid, agoSeconds, ok = false, event = 'workflow_job' }) => ({
    ...{ id: Number(id), guid, event, status_code: ok ? 200 : 502 },
    delivered_at: new Date(startAt - agoSeconds * 1000).toISOString(),
  }));

/** One App's deliveries, newest first, `pageSize` a page. */
function deliveries(attempts: readonly Attempt[], pageSize = 100) {
  const newestFirst = () => [...attempts].sort((a, b) => Number(b.id) - Number(a.id));
  return ({ query, path }: SeenRequest) => {
    const detail = attempts.find(({ id }) => path.endsWith(`/${id}`));
    if (detail) return { body: { request: { payload: detail.payload ?? payloadOf(detail.guid) } } };
    const from = query.cursor ? newestFirst().findIndex(({ id }) => `v1_${id}` === query.cursor) + 1 : 0;
    const page = newestFirst().slice(from, from + pageSize);
    const more = from + pageSize < attempts.length;
    const link = `<https://ghe.example.com/api/v3/app/hook/deliveries?cursor=v1_${page.at(-1)?.id}>; rel="next"`;
    return { body: listOf(page), headers: more ? { link } : {} };
  };
}

const scripted = (attempts: readonly Attempt[], { pageSize = 100, deliveryPagesLimit = 10 } = {}) => {
  const answer = deliveries(attempts, pageSize);
  const details = Array.from({ length: 100 }, (_, id) => [`GET /app/hook/deliveries/${id}`, answer]);
  return scriptedGithub({ 'GET /app/hook/deliveries': answer, ...Object.fromEntries(details) }, { deliveryPagesLimit });
};

const guids = (missed: readonly MissedEvent[]): readonly string[] =>
  missed.flatMap(({ event }) => (event ? [event.deliveryId] : []));
const failed = (count: number, agoSeconds = 600): readonly Attempt[] =>
  Array.from({ length: count }, (_, i) => ({ id: i + 1, guid: `g${i + 1}`, agoSeconds }));

describe('what counts as missed', () => {
  test('an event that any attempt delivered does not', async () => {
    const { forge } = scripted([
      { id: 1, guid: 'g1', agoSeconds: 900 },
      { id: 2, guid: 'g2', agoSeconds: 900 },
      { id: 3, guid: 'g1', agoSeconds: 800, ok: true },
      { id: 4, guid: 'g2', agoSeconds: 700 },
    ]);
    expect(guids(await all(forge.missedEvents(undefined)))).toEqual(['g2']);
  });

  test('other events and those older than three days do not', async () => {
    const { forge, asked } = scripted([
      { id: 1, guid: 'g1', agoSeconds: 4 * 86_400 },
      { id: 2, guid: 'g2', agoSeconds: 900, event: 'push' },
      { id: 3, guid: 'g3', agoSeconds: 2 * 86_400 },
    ]);
    expect(guids(await all(forge.missedEvents(undefined)))).toEqual(['g3']);
    expect(asked).toEqual(['GET /app/hook/deliveries', 'GET /app/hook/deliveries/3']);
  });

  test('one that cannot be read is passed over, with a line in the log', async () => {
    const { forge, log } = scripted([
      { id: 1, guid: 'g1', agoSeconds: 900, payload: { action: 'queued' } },
      { id: 2, guid: 'g2', agoSeconds: 900 },
    ]);
    const missed = await all(forge.missedEvents(undefined));
    expect(guids(missed)).toEqual(['g2']);
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { delivery: 'g1' } }]);
  });

  test('an App without webhook misses nothing', async () => {
    const { forge } = scriptedGithub({});
    expect(guids(await all(forge.missedEvents(undefined)))).toEqual([]);
  });
});

describe('the cursor', () => {
  test('skips none of those that share a second, wherever the reader stopped', async () => {
    const { forge } = scripted(failed(5));
    let cursor: string | undefined;
    const seen: string[] = [];
    for (let i = 0; i < 12; i++) {
      for await (const missed of forge.missedEvents(cursor)) {
        cursor = missed.cursor;
        seen.push(...guids([missed]));
        break;
      }
    }
    expect(seen).toEqual(['g1', 'g2', 'g3', 'g4', 'g5']);
  });

  test('finds what is listed late, behind newer ones, and repeats none of them', async () => {
    const attempts: Attempt[] = [
      { id: 1, guid: 'g1', agoSeconds: 600, ok: true },
      { id: 3, guid: 'g3', agoSeconds: 5 },
    ];
    const { forge, asked } = scripted([...attempts, { id: 9, guid: 'g9', agoSeconds: 1, ok: true }]);
    const first = await all(forge.missedEvents(undefined));
    expect(guids(first)).toEqual(['g3']);

    const late = scripted([...attempts, { id: 2, guid: 'g2', agoSeconds: 20 }]);
    expect(guids(await all(late.forge.missedEvents(first.at(-1)?.cursor)))).toEqual(['g2']);
    expect(asked.filter((route) => route.endsWith('/3'))).toHaveLength(1);
  });

  test.each([2, 3, 4, 7])(
    'goes through a list that is longer than the %i pages of one call, each event once',
    async (limit) => {
      const attempts = [...failed(23)];
      const { forge, asked } = scripted(attempts, { pageSize: 2, deliveryPagesLimit: limit });
      let cursor: string | undefined;
      const seen: string[] = [];
      const pagesRead = () => asked.filter((route) => route.endsWith('deliveries')).length;
      for (let call = 0; call < 60; call++) {
        const before = pagesRead();
        const missed = await all(forge.missedEvents(cursor));
        cursor = missed.at(-1)?.cursor ?? cursor;
        seen.push(...guids(missed));
        expect(pagesRead() - before).toBeLessThanOrEqual(limit);
        const id = attempts.length + 1;
        // More comes while it is gone through.
        if (call < 10) attempts.push({ id, guid: `g${id}`, agoSeconds: 600 });
      }
      expect(seen).toEqual(attempts.map(({ guid }) => guid));
    },
  );

  test('stays as it is while nothing happens', async () => {
    const { forge } = scripted(failed(3));
    const cursor = (await all(forge.missedEvents(undefined))).at(-1)?.cursor;
    expect(await all(forge.missedEvents(cursor))).toEqual([]);
  });

  test.each(['', 'null', '[]x', '{"app-7":{"done":"one"}}', '{"app-7":1}'])(
    'that reads %p is refused',
    async (cursor) => {
      await expect(all(scripted([]).forge.missedEvents(cursor))).rejects.toThrow(MalformedError);
    },
  );
});

test('ids beyond 2^53 are not rounded', async () => {
  const ids = [9007199254740993n, 9007199254740994n, 9007199254740995n];
  const listed = JSON.stringify(listOf(ids.map((id, i) => ({ id, guid: `g${i + 1}`, agoSeconds: 600 }))));
  let turn = 0;
  const exact = listed.replaceAll(/"id":\d+/g, () => `"id":${ids[turn++]}`);
  const details = ids.map((id, i) => [
    `GET /app/hook/deliveries/${id}`,
    () => ({ body: { request: { payload: payloadOf(`g${i + 1}`) } } }),
  ]);
  const json = { 'content-type': 'application/json' };
  const { forge } = scriptedGithub({
    'GET /app/hook/deliveries': () => ({ body: exact, headers: json }),
    ...Object.fromEntries(details),
  });
  expect(guids(await all(forge.missedEvents(undefined)))).toEqual(['g1', 'g2', 'g3']);
});

test('several Apps have each their own place, and their events are joined by time', async () => {
  const lists: Readonly<Record<number, ReturnType<typeof deliveries>>> = {
    7: deliveries([
      { id: 1, guid: 'g1', agoSeconds: 900 },
      { id: 2, guid: 'g2', agoSeconds: 300 },
    ]),
    8: deliveries([{ id: 501, guid: 'g501', agoSeconds: 600 }]),
  };
  const answer = (request: SeenRequest) => {
    const claims = Buffer.from(request.headers.get('authorization')?.split('.')[1] ?? '', 'base64url').toString();
    return lists[JSON.parse(claims).iss]?.(request) ?? { status: 404 };
  };
  const routes = ['', '/1', '/2', '/501'].map((id) => [`GET /app/hook/deliveries${id}`, answer]);
  const apps = [7, 8].map((id) => ({ id, privateKey: testKey }));
  const { forge } = scriptedGithub(Object.fromEntries(routes), { apps });
  const missed = await all(forge.missedEvents(undefined));
  expect(guids(missed)).toEqual(['g1', 'g501', 'g2']);
  expect(guids(await all(forge.missedEvents(missed[0]?.cursor)))).toEqual(['g501', 'g2']);
  expect(guids(await all(forge.missedEvents(missed[1]?.cursor)))).toEqual(['g2']);
});
