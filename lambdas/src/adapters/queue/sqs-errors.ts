import { SQSServiceException } from '@aws-sdk/client-sqs';
import { DeniedError, ThrottledError } from '../../core/errors.ts';

/** Busy, or unwell: the same call may succeed later. */
const throttles: ReadonlySet<string> = new Set([
  'InternalError',
  'InternalFailure',
  'KmsThrottled',
  'RequestThrottled',
  'ServiceUnavailable',
  'Throttling',
  'ThrottlingException',
]);

const denials: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'InvalidClientTokenId',
  'KmsAccessDenied',
  'UnrecognizedClientException',
]);

/** What a call threw, as what to do about it; what nobody recognises stays as it is. */
export function callError(thrown: unknown): unknown {
  if (!(thrown instanceof SQSServiceException)) return thrown;
  const message = `SQS refused a request: ${thrown.name}: ${thrown.message}`;
  if (throttles.has(thrown.name) || (thrown.$metadata.httpStatusCode ?? 0) >= 500) {
    return new ThrottledError(message, { cause: thrown });
  }
  return denials.has(thrown.name) ? new DeniedError(message, { cause: thrown }) : thrown;
}
