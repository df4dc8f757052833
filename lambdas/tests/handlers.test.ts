import { expect, jest, test } from '@jest/globals';
import type { APIGatewayProxyEventV2, SQSEvent } from 'aws-lambda';
import { handler as scaleUp } from '../src/functions/scale-up/handler.ts';
import { handler as sweep } from '../src/functions/sweep/handler.ts';
import { handler as webhook } from '../src/functions/webhook/handler.ts';

/** Here nothing is configured, so that no function can start. */
const invocation = { awsRequestId: 'r', getRemainingTimeInMillis: () => 60_000 };

/** What is written while it runs. */
async function saidBy(work: () => Promise<void>): Promise<string> {
  const lines: string[] = [];
  const keep = (line: unknown): boolean => lines.push(String(line)) > 0;
  const spies = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, 'write').mockImplementation(keep));
  try {
    await work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return lines.join('');
}

test('a webhook that could not start answers 503, and tells nobody why but the log', async () => {
  const event = { headers: {}, body: 'planted-payload', isBase64Encoded: false } as unknown as APIGatewayProxyEventV2;
  const said = await saidBy(async () => {
    const answers = [await webhook(event, invocation), await webhook(event, invocation)];
    for (const answer of answers) {
      expect(answer).toEqual({
        statusCode: 503,
        headers: { 'content-type': 'application/json' },
        body: '{"reason":"try-again"}',
      });
    }
  });
  // Each invocation tried anew.
  expect(said.split('The function could not start')).toHaveLength(3);
  expect(said).toContain('CONFIG_PARAMETERS is empty');
  expect(said).not.toContain('planted-payload');
});

test('a scale-up that could not start fails whole, so that its messages come again', async () => {
  const said = await saidBy(async () => {
    await expect(scaleUp({ Records: [] } satisfies SQSEvent, invocation)).rejects.toThrow('CONFIG_PARAMETERS is empty');
  });
  expect(said).toContain('"service":"scale-up"');
});

test('the sweep refuses an event that is not for it before it reads anything', async () => {
  const said = await saidBy(async () => {
    await expect(sweep({ source: 'acme' }, invocation)).rejects.toThrow('The sweep is called by a schedule');
  });
  expect(said).toBe('');
});
