import { randomUUID } from 'node:crypto';
import type { Machine, MachineState } from './machines.ts';

/** As EventBridge hands it to a target. */
export interface MachineEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: 'aws.ec2';
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, string>>;
}

export interface Place {
  readonly account: string;
  readonly region: string;
}

export const stateEvent = (place: Place, machine: Machine, state: MachineState): MachineEvent =>
  eventOf(place, machine, 'EC2 Instance State-change Notification', { state });

export const interruptionEvent = (place: Place, machine: Machine): MachineEvent =>
  eventOf(place, machine, 'EC2 Spot Instance Interruption Warning', { 'instance-action': 'terminate' });

function eventOf(
  { account, region }: Place,
  { id }: Machine,
  type: string,
  detail: Record<string, string>,
): MachineEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': type,
    source: 'aws.ec2',
    account,
    time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [`arn:aws:ec2:${region}:${account}:instance/${id}`],
    detail: { 'instance-id': id, ...detail },
  };
}

/** Where events go: to a function of this process, to an address, or nowhere. */
export function eventSink(hear: ((event: MachineEvent) => void) | undefined) {
  let url: string | undefined;
  return {
    sendTo: (address: string | undefined): void => {
      url = address;
    },
    send(event: MachineEvent): void {
      hear?.(event);
      if (url === undefined) return;
      // Best effort, as EventBridge promises it.
      fetch(url, { method: 'POST', body: JSON.stringify(event) }).catch(() => undefined);
    },
  };
}
