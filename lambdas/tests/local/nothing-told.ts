import { expect } from '@jest/globals';
import type { WebhookStack } from './webhook-stack.ts';

/** What a stack trace, a path of ours or a queue's address would look like. */
const inner = /\bat \S+ \(|\.[tj]s:\d|node:|node_modules|\.sqlite|\/src\/|\/tmp\//;
/** Texts that stand in many payloads, and are nobody's to log. */
const payloadTexts = /head_sha|node_id|avatars\.githubusercontent|sha256=/;

/** After all that was sent: it lives, no answer told what is inside, and no secret or payload stands in the log. */
export async function expectNothingTold(bed: WebhookStack): Promise<void> {
  expect(await bed.ask({ path: '/healthz' })).toMatchObject({ status: 200, body: { ok: true } });
  expect(bed.answers.filter(({ status }) => status === 500)).toEqual([]);
  const json = bed.answers.filter(({ headers }) => headers['content-type'] === 'application/json');
  expect(json.map(({ text }) => text).filter((text) => inner.test(text))).toEqual([]);
  const outside = `${json.map(({ text }) => text).join('')}${bed.logged()}`;
  for (const secret of bed.secrets) expect(outside.includes(secret)).toBe(false);
  expect(bed.logged()).toContain('"started"');
  expect(
    bed
      .logged()
      .split('\n')
      .filter((line) => payloadTexts.test(line)),
  ).toEqual([]);
}
