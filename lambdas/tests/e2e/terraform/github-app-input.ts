import type { DeploymentInput } from '../deployment/deploy.ts';

/** The module's `github_app`. */
export const githubAppInput = ({ id, key, webhookSecret }: Omit<DeploymentInput['app'], 'url'>) => ({
  id: String(id),
  key_base64: Buffer.from(key).toString('base64'),
  webhook_secret: webhookSecret,
});
