import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/**
 * A program: `cold-farm.ts <index.js> <count>`. Loads that many copies of a function, none of which was ever invoked, and
 * hands each request to the next of them, as Lambda does when all come at once. Prints its address once it is ready.
 */
type Handler = (
  event: object,
  context: { readonly awsRequestId: string },
) => Promise<APIGatewayProxyStructuredResultV2>;

const [file = '', count = ''] = process.argv.slice(2);
const cold: Handler[] = [];
for (let copy = 0; copy < Number(count); copy++) {
  const { handler } = (await import(`${pathToFileURL(file).href}?copy=${copy}`)) as { readonly handler: Handler };
  cold.push(handler);
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const said = await text(request);
  const handler = cold.shift();
  if (handler === undefined) throw new Error('More requests came than functions were loaded.');
  const event = { headers: request.headers, body: said, isBase64Encoded: false };
  const { statusCode, headers, body } = await handler(event, { awsRequestId: randomUUID() });
  response.writeHead(statusCode ?? 500, headers as Record<string, string>).end(body);
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
