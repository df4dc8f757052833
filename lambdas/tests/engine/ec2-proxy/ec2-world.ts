import { callCounts } from '../call-counts.ts';
import { capacityBook } from './capacity.ts';
import { fleetCreator } from './create-fleet.ts';
import { describeInstanceStatus } from './describe-instance-status.ts';
import { describeInstances } from './describe-instances.ts';
import type { Ec2Call } from './ec2-call.ts';
import { type Ec2Control, ec2Control } from './ec2-control.ts';
import { type Fault, faultBook } from './faults.ts';
import { eventSink, type MachineEvent, stateEvent } from './machine-events.ts';
import { machineStore, type Pace } from './machines.ts';
import { motoBehind, type Passed } from './moto.ts';
import { terminateInstances } from './terminate-instances.ts';
import type { XmlValue } from './xml.ts';

export interface Ec2WorldOptions {
  readonly motoUrl: string;
  readonly account?: string;
  readonly region?: string;
  readonly pace?: Partial<Pace>;
  readonly onEvent?: (event: MachineEvent) => void;
}

export interface Ec2World {
  readonly control: Ec2Control;
  /** What is answered here; all else is moto's. */
  readonly actions: ReadonlyMap<string, (call: Ec2Call) => Promise<XmlValue>>;
  pass(call: Ec2Call): Promise<Passed>;
  count(call: Ec2Call): void;
  faultOf(action: string): Fault | undefined;
  latencySeconds(): number;
  stop(): void;
}

export function ec2World(options: Ec2WorldOptions): Ec2World {
  const place = { account: options.account ?? '111111111111', region: options.region ?? 'eu-west-1' };
  const pace: Pace = { latencySeconds: 0, lagSeconds: 0, bootSeconds: 0, stopSeconds: 0, ...options.pace };
  const events = eventSink(options.onEvent);
  const machines = machineStore(pace, (machine, state) => events.send(stateEvent(place, machine, state)));
  const [capacity, faults, counts] = [capacityBook(machines), faultBook(), callCounts()];
  const moto = motoBehind(options.motoUrl);
  const shortLives: { code: string; message: string }[] = [];
  const onLaunch = (id: string): void => {
    const life = shortLives.shift();
    if (life) machines.end(id, life.code, life.message);
  };

  return {
    control: ec2Control({ machines, capacity, faults, counts, events, pace, place, shortLives }),
    actions: new Map([
      ['CreateFleet', fleetCreator({ machines, capacity, moto, onLaunch })],
      ['DescribeInstances', async (call: Ec2Call) => describeInstances(machines, call)],
      ['DescribeInstanceStatus', async (call: Ec2Call) => describeInstanceStatus(machines, call)],
      ['TerminateInstances', (call: Ec2Call) => terminateInstances(machines, moto, call)],
    ]),
    pass: moto.pass,
    count: counts.add,
    faultOf: faults.of,
    latencySeconds: () => pace.latencySeconds,
    stop: machines.forgetTimers,
  };
}
