import type { JobRecord } from '../jobs.ts';
import type { World } from '../world.ts';
import { enterpriseJson, nodeId, organizationJson, userJson } from './account-json.ts';
import { addressesOf } from './addresses.ts';
import { jobJson } from './job-json.ts';
import { repositoryJson } from './repository-json.ts';
import { sender } from './sender.ts';

/** The body of a `workflow_job` event. */
export function webhookPayload(world: World, action: JobRecord['status'], job: JobRecord): object {
  const addresses = addressesOf(world);
  const { repository } = job.run;
  const { enterprise } = world.accounts;
  const installation = world.accounts.installationOf(repository.owner.login, 'Organization');
  return {
    action,
    workflow_job: jobJson(addresses, job, world.runnerGroups),
    repository: repositoryJson(addresses, repository),
    organization: organizationJson(addresses, repository.owner),
    ...(enterprise && { enterprise: enterpriseJson(addresses, enterprise) }),
    sender: userJson(addresses, sender),
    ...(installation && { installation: { id: installation.id, node_id: nodeId('Installation', installation.id) } }),
  };
}
