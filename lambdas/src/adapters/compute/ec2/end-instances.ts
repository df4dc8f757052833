import { type EC2Client, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { DeniedError, messageOf, ThrottledError } from '../../../core/errors.ts';
import { inChunks } from '../../../core/in-chunks.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';
import { callError, codeOf } from './call-error.ts';
import { isProtectedInstance, isUnknownInstance } from './error-codes.ts';

/** Half of what AWS advises against exceeding in one call. */
const batchLimit = 500;
/** EC2 names all that trouble it at once, so a second round is rare. */
const roundsLimit = 10;
const throttlesLimit = 4;

export interface EndContext {
  readonly client: EC2Client;
  readonly clock: Clock;
  readonly log: Log;
}

/** One machine that EC2 does not know, or that a person protected, ends nobody else's batch. */
export async function endInstances(context: EndContext, ids: readonly string[]): Promise<void> {
  const refused: string[] = [];
  for (const batch of inChunks([...new Set(ids)], batchLimit)) refused.push(...(await endBatch(context, batch)));
  if (refused.length === 0) return;
  throw new DeniedError(`These machines are protected from termination, and run on: ${refused.join(', ')}.`);
}

/** Answers whom it may not end. */
async function endBatch(context: EndContext, batch: readonly string[]): Promise<readonly string[]> {
  const refused: string[] = [];
  let left = batch;
  for (let round = 0; round < roundsLimit && left.length > 0; round++) {
    const error = await terminate(context, left);
    if (error === undefined) return refused;
    const [code, message] = [codeOf(error) ?? '', messageOf(error)];
    const words = new Set(message.match(/[\w-]+/g));
    const named = left.filter((id) => words.has(id));
    const mayLeaveOut = isUnknownInstance(code) || isProtectedInstance(code);
    if (!mayLeaveOut || named.length === 0) throw callError('TerminateInstances', error);
    if (isProtectedInstance(code)) refused.push(...named);
    else context.log.info('EC2 knows these machines no longer.', { count: named.length, reason: code });
    left = left.filter((id) => !named.includes(id));
  }
  if (left.length > 0)
    throw new Error(`TerminateInstances was refused ${roundsLimit} times for ${left.length} machines.`);
  return refused;
}

/** What was thrown, unless it was a throttle that passed. */
async function terminate({ client, clock }: EndContext, ids: readonly string[]): Promise<unknown> {
  for (let call = 1; ; call++) {
    try {
      await client.send(new TerminateInstancesCommand({ InstanceIds: [...ids] }));
      return undefined;
    } catch (error) {
      const isThrottle = callError('TerminateInstances', error) instanceof ThrottledError;
      if (!isThrottle || call === throttlesLimit) return error;
      await clock.sleep(clock.fraction() * 2 ** call);
    }
  }
}
