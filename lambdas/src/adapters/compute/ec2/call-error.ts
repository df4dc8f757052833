import { EC2ServiceException } from '@aws-sdk/client-ec2';
import { DeniedError, ThrottledError } from '../../../core/errors.ts';
import { kindOfCode } from './error-codes.ts';

/** What EC2 called it; undefined: no answer came, or none that EC2 made. */
export const codeOf = (thrown: unknown): string | undefined =>
  thrown instanceof EC2ServiceException ? thrown.name : undefined;

/** What a call threw, as what to do about it; what nobody recognises stays as it is. */
export function callError(action: string, thrown: unknown): unknown {
  const code = codeOf(thrown);
  if (code === undefined) return thrown;
  const message = `EC2 refused ${action}: ${wordsOf(thrown as EC2ServiceException)}`;
  const kind = kindOfCode(code);
  if (kind === 'throttle') return new ThrottledError(message, { cause: thrown });
  if (kind === 'permission') return new DeniedError(message, { cause: thrown });
  return thrown;
}

/** A refusal may carry an encoded message of a few KB, which only a person with rights can read. */
const wordsLimit = 300;

/** For a log line: the code, EC2's own words, and the id that its support asks for. */
export function wordsOf({ name, message, $metadata }: EC2ServiceException): string {
  const request = $metadata.requestId ? ` (request ${$metadata.requestId})` : '';
  return `${name}: ${message.slice(0, wordsLimit)}${request}`;
}
