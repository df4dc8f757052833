import { Agent, request } from 'node:http';
import { connect } from 'node:net';

export interface Question {
  readonly method: string;
  /** Sent as it is: nothing normalizes it. */
  readonly path: string;
  /** Undefined: not sent. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Several: in chunks, without a Content-Length. */
  readonly body: Uint8Array | readonly Uint8Array[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Parsed, where it is JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they expect to be there
  readonly body: any;
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/** Asks over real HTTP. */
export function ask(url: string, question: Partial<Question>): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const { method = 'GET', path = '/', headers = {}, body = [] } = question;
  const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const asking = request({ hostname, port, method, path, headers: sent, agent }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: parsed(text) });
    });
    asking.on('error', reject);
    if (body instanceof Uint8Array) asking.end(body);
    else {
      for (const chunk of body) asking.write(chunk);
      asking.end();
    }
  });
}

/** Bytes on a socket, for what no client would send; resolves with all that came back when the socket is closed. */
export function askRaw(url: string, bytes: string, hangUp = false): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(bytes, () => {
        if (hangUp) socket.destroy();
      });
    });
    socket.on('data', (data) => {
      text += String(data);
    });
    // A socket that is reset has told what it had to tell.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
