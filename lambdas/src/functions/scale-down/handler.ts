import { coldStart } from '../aws/cold-start.ts';
import { controlWorld } from '../aws/control-world.ts';
import { type Invocation, inInvocation } from '../aws/in-invocation.ts';
import { reportDeployment } from '../aws/report-figures.ts';
import { scaleDown } from './scale-down.ts';

const { log, ready } = coldStart('scale-down', 'all', controlWorld);

/** On a schedule. */
export async function handler(_event: unknown, invocation: Invocation): Promise<void> {
  log.setRequest(invocation.awsRequestId);
  const { world, figures } = await ready();
  const now = inInvocation(world, invocation);
  await reportDeployment(now, await scaleDown(now), figures);
}
