import { DeniedError, ThrottledError } from '../../core/errors.ts';

/** What the SDK throws of every service. */
type ServiceException = Error & { readonly $metadata: { readonly httpStatusCode?: number } };

/** A service's error codes, by what to do about them. */
export interface ErrorCodes {
  /** Busy, or unwell: the same call may succeed later. So is whatever comes with a status of 500 or above. */
  readonly throttles: ReadonlySet<string>;
  readonly denials: ReadonlySet<string>;
}

/** What a service answered, as what to do about it; what nobody recognises stays as it is. */
export function serviceError(thrown: ServiceException, refused: string, { throttles, denials }: ErrorCodes): Error {
  const message = `${refused}: ${thrown.name}: ${thrown.message}`;
  if (throttles.has(thrown.name) || (thrown.$metadata.httpStatusCode ?? 0) >= 500) {
    return new ThrottledError(message, { cause: thrown });
  }
  return denials.has(thrown.name) ? new DeniedError(message, { cause: thrown }) : thrown;
}
