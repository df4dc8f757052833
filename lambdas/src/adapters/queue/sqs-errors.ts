import { SQSServiceException } from '@aws-sdk/client-sqs';
import { type ErrorCodes, serviceError } from '../aws/service-error.ts';

const codes: ErrorCodes = {
  throttles: new Set([
    'InternalError',
    'InternalFailure',
    'KmsThrottled',
    'RequestThrottled',
    'ServiceUnavailable',
    'Throttling',
    'ThrottlingException',
  ]),
  denials: new Set([
    'AccessDenied',
    'AccessDeniedException',
    'InvalidClientTokenId',
    'KmsAccessDenied',
    'UnrecognizedClientException',
  ]),
};

/** What a call threw, as what to do about it; what nobody recognises stays as it is. */
export const callError = (thrown: unknown): unknown =>
  thrown instanceof SQSServiceException ? serviceError(thrown, 'SQS refused a request', codes) : thrown;
