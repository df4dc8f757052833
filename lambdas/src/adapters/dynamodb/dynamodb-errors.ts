import { DynamoDBServiceException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { ThrottledError } from '../../core/errors.ts';
import { type ErrorCodes, serviceError } from '../aws/service-error.ts';

const codes: ErrorCodes = {
  throttles: new Set([
    'InternalServerError',
    'LimitExceededException',
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'ServiceUnavailable',
    'ThrottlingException',
    'TransactionConflictException',
    'TransactionInProgressException',
  ]),
  denials: new Set(['AccessDeniedException', 'MissingAuthenticationTokenException', 'UnrecognizedClientException']),
};

/** Why one write of a cancelled transaction was not made. */
const passingReasons: ReadonlySet<string> = new Set([
  'None',
  'ProvisionedThroughputExceeded',
  'ThrottlingError',
  'TransactionConflict',
]);

/** The writes whose conditions did not hold; undefined: it was cancelled for another reason. */
export function failedConditions(thrown: unknown): readonly number[] | undefined {
  if (!(thrown instanceof TransactionCanceledException)) return undefined;
  const failed = reasonsOf(thrown).flatMap((reason, index) => (reason === 'ConditionalCheckFailed' ? [index] : []));
  return failed.length > 0 ? failed : undefined;
}

/** Another transaction was in the way, and nothing was written: the SDK does not try that again by itself. */
export const isConflict = (thrown: unknown): boolean =>
  thrown instanceof TransactionCanceledException
    ? reasonsOf(thrown).every((reason) => passingReasons.has(reason))
    : nameOf(thrown) === 'TransactionConflictException';

export const isFailedCondition = (thrown: unknown): boolean => nameOf(thrown) === 'ConditionalCheckFailedException';

/** How many attempts the SDK made of a call: at more than one, an earlier one may have had its effect. */
export const attemptsOf = (thrown: unknown): number =>
  thrown instanceof DynamoDBServiceException ? (thrown.$metadata.attempts ?? 1) : 1;

/** The token was used before, for a transaction that was written. */
export const isUsedToken = (thrown: unknown): boolean => nameOf(thrown) === 'IdempotentParameterMismatchException';

/** What a call threw, as what to do about it; what nobody recognises stays as it is. */
export function callError(action: string, thrown: unknown): unknown {
  if (!(thrown instanceof DynamoDBServiceException)) return thrown;
  const refused = `DynamoDB refused ${action}`;
  if (isConflict(thrown)) return new ThrottledError(`${refused}: ${thrown.name}: ${thrown.message}`, { cause: thrown });
  return serviceError(thrown, refused, codes);
}

const reasonsOf = ({ CancellationReasons = [] }: TransactionCanceledException): readonly string[] =>
  CancellationReasons.map(({ Code = 'None' }) => Code);

const nameOf = (thrown: unknown): string | undefined =>
  thrown instanceof DynamoDBServiceException ? thrown.name : undefined;
