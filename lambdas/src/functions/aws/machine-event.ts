import { MalformedError } from '../../core/errors.ts';

/** Why the sweep was called: its schedule, or something that EC2 says happened to one machine. */
export type SweepCall = { readonly kind: 'schedule' } | { readonly kind: 'machine'; readonly instanceId: string };

const aboutMachines: ReadonlySet<unknown> = new Set([
  'EC2 Instance State-change Notification',
  'EC2 Spot Instance Interruption Warning',
]);

/** Throws `MalformedError` for an event that the sweep has no use for. */
export function sweepCallOf(event: unknown): SweepCall {
  const { source, detail, 'detail-type': type } = Object(event) as Readonly<Record<string, unknown>>;
  if (type === 'Scheduled Event' && (source === 'aws.events' || source === 'aws.scheduler'))
    return { kind: 'schedule' };
  const { 'instance-id': instanceId } = Object(detail) as Readonly<Record<string, unknown>>;
  if (source === 'aws.ec2' && aboutMachines.has(type) && isInstanceId(instanceId))
    return { kind: 'machine', instanceId };
  throw new MalformedError(
    `The sweep is called by a schedule, or by EC2's state-change and interruption events, and not by ${nameOf(type)}: mend the rule that sends it.`,
  );
}

const isInstanceId = (value: unknown): value is string => typeof value === 'string' && /^i-[0-9a-f]{8,32}$/.test(value);

const nameOf = (type: unknown): string =>
  typeof type === 'string' ? `"${type.slice(0, 100)}"` : 'an event without type';
