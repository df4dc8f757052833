import type { JobRecord } from './jobs.ts';
import { webhookPayload } from './shapes/webhook-payload.ts';
import type { World } from './world.ts';

/** Tells the App's webhook what became of a job, as it is now. */
export function announce(world: World, action: JobRecord['status'], job: JobRecord): void {
  const { repository } = job.run;
  const installation = world.accounts.installationOf(repository.owner.login, 'Organization');
  if (!installation || world.hook.config().url === undefined) return;

  const payload = webhookPayload(world, action, job);
  world.tallies.violations.push(...world.validator.webhook(`workflow-job-${action.replace('_', '-')}`, payload));
  world.hook.send({
    event: 'workflow_job',
    action,
    installationId: installation.id,
    repositoryId: repository.id,
    payload,
  });
}
