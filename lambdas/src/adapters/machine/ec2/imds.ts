import { request } from 'node:http';

/** What an instance is told about itself: EC2's instance metadata service, in its second version. */
export interface Imds {
  /** The text at this path below `/latest/`; undefined: there is nothing. Throws when it does not answer in time. */
  get(path: string): Promise<string | undefined>;
}

export interface ImdsOptions {
  /** Without a path. */
  readonly endpoint: string;
  readonly answerLimitSeconds?: number;
}

/** The address that every instance has: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html */
export const imdsEndpoint = 'http://169.254.169.254';

/** The longest that there is. */
const tokenSeconds = 21_600;

export function imds({ endpoint, answerLimitSeconds = 2 }: ImdsOptions): Imds {
  let token: string | undefined;
  const call = (method: string, path: string, headers: Readonly<Record<string, string>>): Promise<Answer> =>
    answerOf(new URL(`/latest/${path}`, endpoint), { method, headers, answerLimitSeconds });

  const newToken = async (): Promise<string> => {
    const headers = { 'x-aws-ec2-metadata-token-ttl-seconds': String(tokenSeconds) };
    const { status, text } = await call('PUT', 'api/token', headers);
    if (status !== 200) throw new Error(`instance metadata: it answered ${status} to the wish for a token`);
    return text;
  };

  return {
    async get(path) {
      for (let isSecond = false; ; isSecond = true) {
        token ??= await newToken();
        const { status, text } = await call('GET', path, { 'x-aws-ec2-metadata-token': token });
        if (status === 200) return text;
        if (status === 404) return undefined;
        // An old token, or one of before the instance was stopped.
        if (status === 401) token = undefined;
        if (status !== 401 || isSecond) throw new Error(`instance metadata: it answered ${status} to ${path}`);
      }
    },
  };
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

interface Call {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly answerLimitSeconds: number;
}

/** No connection is kept: there are seconds between two calls, and minutes in which nobody asks. */
function answerOf(url: URL, { method, headers, answerLimitSeconds }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(answerLimitSeconds * 1000);
    const failed = (error: Error): void => {
      const why = signal.aborted ? `no answer within ${answerLimitSeconds} s` : error.message;
      reject(new Error(`instance metadata: ${why}`));
    };
    const sent = request(url, { method, headers, agent: false, signal }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        text += piece;
      });
      response.once('error', failed);
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.once('error', failed);
    sent.end();
  });
}
