import type { Instant } from '../../../core/instant.ts';
import type { Imds } from './imds.ts';

export interface InstanceIdentity {
  readonly instanceId: string;
  /** When EC2 began it. */
  readonly startedAt: Instant;
}

/** Who this machine is, by the document that EC2 signs: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-identity-documents.html */
export async function instanceIdentity(imds: Imds): Promise<InstanceIdentity> {
  const text = await imds.get('dynamic/instance-identity/document');
  if (text === undefined) throw new Error('instance metadata: there is no identity document');
  const { instanceId, pendingTime } = JSON.parse(text) as { instanceId?: unknown; pendingTime?: unknown };
  const startedAt = Date.parse(String(pendingTime));
  if (typeof instanceId !== 'string' || !Number.isFinite(startedAt)) {
    throw new Error('instance metadata: the identity document names no instance or no time');
  }
  return { instanceId, startedAt };
}
