import { GetParametersCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { ConfigError, DeniedError, messageOf, ThrottledError } from '../../core/errors.ts';
import { inChunks } from '../../core/in-chunks.ts';
import { ageSeconds } from '../../core/instant.ts';
import type { Clock } from '../../ports/clock.ts';

export interface SsmParametersOptions {
  readonly client: Pick<SSMClient, 'send'>;
  readonly clock: Clock;
  /** How long one read may wait in all for SSM's limits to pass. */
  readonly patienceSeconds?: number;
}

/** Values by name, each one there. Throws `ConfigError` that lists those which are not. */
export type ReadParameters = (names: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** GetParameters' own limit. */
const namesLimit = 10;
/** A forge waits 10 seconds for the webhook's answer, and GitHub calls any longer delivery failed. */
const defaultPatienceSeconds = 8.5;
/** All of an account's readers share 40 calls a second: 256 functions that start at once have to take turns. */
const firstWaitSeconds = 0.2;
const lastWaitSeconds = 1.5;

const deniedCodes: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'ExpiredTokenException',
  'UnrecognizedClientException',
]);
const throttleCodes: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
]);

/** Reads what is configured, decrypted, in as few calls as there can be. Where SSM is away, what it said before holds. */
export function ssmParameters(options: SsmParametersOptions): ReadParameters {
  const known = new Map<string, string>();
  return async (names) => {
    const wanted = [...new Set(names)];
    try {
      const chunks = await Promise.all(inChunks(wanted, namesLimit).map((chunk) => readPatiently(options, chunk)));
      known.clear();
      for (const [name, value] of chunks.flat()) known.set(name, value);
    } catch (error) {
      if (!mayPass(error) || !wanted.every((name) => known.has(name))) throw translated(error);
    }
    const missing = wanted.filter((name) => !known.has(name));
    if (missing.length > 0) {
      throw new ConfigError(missing.map((name) => `the parameter ${name} does not exist: apply the module again`));
    }
    return new Map(known);
  };
}

type Values = readonly (readonly [name: string, value: string])[];

async function readPatiently(
  { client, clock, patienceSeconds = defaultPatienceSeconds }: SsmParametersOptions,
  names: readonly string[],
): Promise<Values> {
  const startedAt = clock.now();
  for (let attempt = 0; ; attempt++) {
    try {
      const { Parameters = [] } = await client.send(
        new GetParametersCommand({ Names: [...names], WithDecryption: true }),
      );
      return Parameters.map(({ Name = '', Value = '' }) => [Name, Value] as const);
    } catch (error) {
      // Anywhere between now and the whole wait: who started together must not come back together.
      const seconds = clock.fraction() * Math.min(lastWaitSeconds, firstWaitSeconds * 2 ** attempt);
      const isOver = ageSeconds(startedAt, clock.now()) + seconds > patienceSeconds;
      if (isOver || !mayPass(error)) throw error;
      await clock.sleep(seconds);
    }
  }
}

const codeOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.name : '');

/** Throttled, or not answered at all, or the other side's own fault. */
function mayPass(thrown: unknown): boolean {
  if (throttleCodes.has(codeOf(thrown))) return true;
  const { $metadata } = Object(thrown) as { $metadata?: { httpStatusCode?: number } };
  return ($metadata?.httpStatusCode ?? 500) >= 500;
}

function translated(thrown: unknown): unknown {
  const words = `The parameters could not be read: ${messageOf(thrown)}`;
  if (deniedCodes.has(codeOf(thrown))) return new DeniedError(words, { cause: thrown });
  return throttleCodes.has(codeOf(thrown)) ? new ThrottledError(words, { cause: thrown }) : thrown;
}
