import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { callerOf } from '../caller-of.ts';

/** One call of any service. */
export interface AwsCall {
  readonly caller: string;
  /** As IAM names it: `dynamodb`. */
  readonly service: string;
  /** As the service's interface names it: `TransactWriteItems`. */
  readonly operation: string;
  readonly body: Buffer;
}

export async function readAwsCall(request: IncomingMessage): Promise<AwsCall> {
  const body = await buffer(request);
  const { authorization = '', 'x-amz-target': target } = request.headers;
  return {
    caller: callerOf(authorization),
    service: /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(authorization)?.[1] ?? 'unsigned',
    operation: String(target ?? actionIn(request, body) ?? `${request.method} ${request.url}`).replace(/^.*\./, ''),
    body,
  };
}

/** The older protocol names it in a form. */
function actionIn({ headers }: IncomingMessage, body: Buffer): string | undefined {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  return isForm ? (new URLSearchParams(body.toString('utf8')).get('Action') ?? undefined) : undefined;
}
