import { CreateFleetCommand, type EC2Client, EC2ServiceException } from '@aws-sdk/client-ec2';
import type { Ec2Fleet } from '../../../core/config.ts';
import { type LaunchRequest, type LaunchResult, TokenMismatchError } from '../../../ports/compute.ts';
import { callError, wordsOf } from './call-error.ts';
import { isOfWholeZone, isTokenMismatch, kindOfCode } from './error-codes.ts';
import { launchResult, zoneErrors } from './fleet-answer.ts';
import { fleetRequest } from './fleet-request.ts';

/** It answers once every machine was placed: longer than any other call, and no longer than this with its retries. */
const launchLimitSeconds = 30;

export interface LaunchContext {
  readonly client: EC2Client;
  readonly prefix: string;
  readonly fleet: Ec2Fleet;
  readonly now: () => number;
}

/** One CreateFleet. Retries inside it carry the same token, so they launch nothing twice. */
export async function launch({ client, prefix, fleet, now }: LaunchContext, request: LaunchRequest) {
  const command = new CreateFleetCommand(fleetRequest(prefix, fleet, request));
  const limits = {
    requestTimeout: launchLimitSeconds * 1000,
    abortSignal: AbortSignal.timeout(launchLimitSeconds * 1000),
  };
  try {
    return launchResult(await client.send(command, limits), fleet, request, now());
  } catch (error) {
    return refusedResult(error, fleet, request);
  }
}

/** A refusal of the whole call, where it says for certain that no machine came; whatever else was thrown goes on. */
function refusedResult(thrown: unknown, fleet: Ec2Fleet, request: LaunchRequest): LaunchResult {
  if (!(thrown instanceof EC2ServiceException)) throw thrown;
  const message = wordsOf(thrown);
  if (isTokenMismatch(thrown.name)) throw new TokenMismatchError(message, { cause: thrown });
  // An attempt before this one may have launched machines, though its answer was lost.
  const isFirstAnswer = (thrown.$metadata.attempts ?? 1) === 1;
  const translated = callError('CreateFleet', thrown);
  if (translated !== thrown && (isFirstAnswer || kindOfCode(thrown.name) === 'throttle')) throw translated;
  const kind = kindOfCode(thrown.name);
  if (kind === 'unknown' || !isFirstAnswer) throw thrown;
  const zone = isOfWholeZone(thrown.name) ? zoneOf(thrown.message, fleet) : undefined;
  return { instances: [], errors: zone === undefined ? [{ kind, message }] : zoneErrors(message, zone, request) };
}

/** EC2 names a full subnet in its message alone. */
const zoneOf = (message: string, { subnets }: Ec2Fleet): string | undefined =>
  subnets.find(({ id }) => message.includes(id))?.zone;
