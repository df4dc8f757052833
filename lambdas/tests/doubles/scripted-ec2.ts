import { EC2Client } from '@aws-sdk/client-ec2';
import { HttpResponse } from '@smithy/core/protocols';
import { type FormTree, formTree, textAt } from '../engine/ec2-proxy/form.ts';
import { answerXml, errorXml, type XmlValue } from '../engine/ec2-proxy/xml.ts';

/** What EC2 says to one call: an answer, a refusal, or nothing at all. */
export type Ec2Word =
  | { readonly says: XmlValue }
  | { readonly refuses: string; readonly because?: string; readonly status?: number }
  | { readonly isLost: true };

/** A client whose calls are answered in turn by a script, which throws when a call comes that it does not expect. */
export const scriptedEc2 = (...words: readonly Ec2Word[]) => scripted(words, 3);

/** The same, and it tries nothing again by itself. */
export const impatientEc2 = (...words: readonly Ec2Word[]) => scripted(words, 1);

function scripted(words: readonly Ec2Word[], maxAttempts: number) {
  const calls: FormTree[] = [];
  const handle = async (request: { readonly body?: string }) => {
    const form = formTree(request.body ?? '');
    const word = words[calls.push(form) - 1];
    const action = textAt(form, 'Action') ?? '';
    if (word === undefined) throw new Error(`Nobody expects ${action} as call ${calls.length}.`);
    if ('isLost' in word) throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    return { response: 'says' in word ? answer(200, answerXml(action, 'r-1', word.says)) : refusal(word) };
  };
  const client = new EC2Client({
    region: 'eu-west-1',
    maxAttempts,
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    requestHandler: { handle },
  });
  return { client, calls };
}

const refusal = ({ refuses, because = 'because', status = 400 }: Extract<Ec2Word, { refuses: string }>) =>
  answer(status, errorXml(refuses, because, 'r-1'));

const answer = (statusCode: number, body: string) =>
  new HttpResponse({ statusCode, headers: { 'content-type': 'text/xml' }, body: Buffer.from(body) });
