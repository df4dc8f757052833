import { answerTerraform } from '../aws/answer-terraform.ts';
import { coldStart } from '../aws/cold-start.ts';
import { controlWorld } from '../aws/control-world.ts';
import { drainCallOf } from '../aws/drain-event.ts';
import { type Invocation, inInvocation } from '../aws/in-invocation.ts';
import { reportDeployment } from '../aws/report-figures.ts';
import { scaleDown } from './scale-down.ts';

const loaded = coldStart('scale-down', 'all', controlWorld);
const { log, ready } = loaded;

/** On a schedule; or, as a function of its own with more time, called by Terraform for a fleet that is taken away. */
export async function handler(event: unknown, invocation: Invocation): Promise<void> {
  log.setRequest(invocation.awsRequestId);
  const call = drainCallOf(event);
  if (call !== undefined) return answerTerraform(loaded, call, invocation);
  const { world, figures } = await ready();
  const now = inInvocation(world, invocation);
  await reportDeployment(now, await scaleDown(now), figures);
}
