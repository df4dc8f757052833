import type { IncomingMessage } from 'node:http';

/**
 * The body, or `too-large` as soon as that is known. What is left of a body that is too large is read and dropped, up to
 * a bound, so that the sender sees the answer rather than a broken connection.
 */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | 'too-large'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes <= limitBytes) chunks.push(chunk);
    else chunks.length = 0;
    if (bytes > 10 * limitBytes) break;
  }
  return bytes > limitBytes ? 'too-large' : Buffer.concat(chunks);
}
