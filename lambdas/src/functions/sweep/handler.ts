import { coldStart } from '../aws/cold-start.ts';
import { controlWorld } from '../aws/control-world.ts';
import { type Invocation, inInvocation } from '../aws/in-invocation.ts';
import { sweepCallOf } from '../aws/machine-event.ts';
import { noteSwept } from '../aws/report-figures.ts';
import { lookAtMachine } from './look-at-machine.ts';
import { sweep } from './sweep.ts';

const { log, ready } = coldStart('sweep', 'all', controlWorld);

/** On a schedule; and for the one machine that an event of EC2's names. */
export async function handler(event: unknown, invocation: Invocation): Promise<void> {
  log.setRequest(invocation.awsRequestId);
  const call = sweepCallOf(event);
  const { world } = await ready();
  const now = inInvocation(world, invocation);
  if (call.kind === 'machine') return void (await lookAtMachine(now, call.instanceId));
  await sweep(now);
  await noteSwept(now);
}
