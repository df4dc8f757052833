/** What SQS allows for one message. */
const delayLimitSeconds = 900;

export function checkDelay(delaySeconds: number): void {
  if (!(delaySeconds >= 0 && delaySeconds <= delayLimitSeconds)) {
    throw new RangeError(`A request is delayed by 0 to ${delayLimitSeconds} seconds, not by ${delaySeconds}.`);
  }
}

export function checkReceiveLimit(limit: number): void {
  if (!(limit >= 1)) throw new RangeError(`At least one is received, not ${limit}.`);
}
