import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { callerOf } from '../caller-of.ts';
import { type FormTree, formTree, textAt } from './form.ts';

/** One call of the query protocol. */
export interface Ec2Call {
  readonly action: string;
  /** The access key of whoever signed it: on AWS, a role's session. */
  readonly caller: string;
  readonly form: FormTree;
  readonly body: string;
  /** As they came, signature and region included. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Says no, in EC2's words. */
export class Ec2Refusal extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export async function readCall(request: IncomingMessage): Promise<Ec2Call> {
  const body = await text(request);
  const form = formTree(body);
  const { authorization = '', 'content-type': type = '' } = request.headers;
  return {
    action: textAt(form, 'Action') ?? '',
    caller: callerOf(authorization),
    form,
    body,
    headers: { authorization, 'content-type': type },
  };
}
