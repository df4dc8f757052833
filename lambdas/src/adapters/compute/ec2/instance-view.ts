import type { InstanceStateName, Instance as RawInstance } from '@aws-sdk/client-ec2';
import type { Instance, InstanceState } from '../../../ports/compute.ts';
import { tagKeys } from './instance-tags.ts';

/** A stopped machine can be started again, so it is not gone. */
const states: Readonly<Record<InstanceStateName, InstanceState>> = {
  pending: 'pending',
  running: 'running',
  'shutting-down': 'stopping',
  stopping: 'stopping',
  stopped: 'stopping',
  terminated: 'terminated',
};

/** EC2's machine as one of ours. */
export function instanceView(raw: RawInstance, impaired: ReadonlySet<string>): Instance {
  const tags = new Map((raw.Tags ?? []).map(({ Key, Value }) => [Key, Value ?? '']));
  const id = raw.InstanceId ?? '';
  const state = stateOf(raw);
  const endReason = state === 'pending' || state === 'running' ? undefined : endReasonOf(raw);
  return {
    id,
    lane: tags.get(tagKeys.lane) ?? '',
    fleet: tags.get(tagKeys.fleet) ?? '',
    launchId: tags.get(tagKeys.launch) ?? '',
    state,
    launchedAt: raw.LaunchTime?.getTime() ?? 0,
    type: raw.InstanceType ?? '',
    zone: raw.Placement?.AvailabilityZone ?? '',
    market: raw.InstanceLifecycle === 'spot' ? 'spot' : 'on-demand',
    ...(endReason && { endReason }),
    bypassRemoval: tags.get(tagKeys.bypassRemoval) === 'true',
    impaired: impaired.has(id),
  };
}

/** Without a word from EC2 a machine may be running: nobody may take it for gone. */
const stateOf = ({ State }: RawInstance): InstanceState => (State?.Name === undefined ? 'running' : states[State.Name]);

/** `Client.InternalError` of a machine that never ran is a key that it may not use, or a volume that could not be made. */
const endReasonOf = ({ StateReason, StateTransitionReason }: RawInstance): string | undefined =>
  StateReason?.Code || StateTransitionReason || undefined;
