import { type Ec2Call, Ec2Refusal } from './ec2-call.ts';
import { filterOf } from './filters.ts';
import { textAt, textsAt } from './form.ts';
import type { Machine, MachineState, Machines } from './machines.ts';
import { pageOf } from './pages.ts';
import type { XmlValue } from './xml.ts';

const codes: Readonly<Record<MachineState, number>> = { pending: 0, running: 16, 'shutting-down': 32, terminated: 48 };

/** What is listed by now, page by page; the ended ones too. */
export function describeInstances(machines: Machines, { form }: Ec2Call): XmlValue {
  const ids = textsAt(form, 'InstanceId');
  if (ids.length > 0 && textAt(form, 'MaxResults') !== undefined) {
    const message = 'The parameter instancesSet cannot be used with the parameter maxResults';
    throw new Ec2Refusal('InvalidParameterCombination', message);
  }
  refuseUnknown(machines, ids);
  const passes = filterOf<Machine>(form, (machine, name) => seenBy(machines, machine, name));
  const listed = machines.all().filter((machine) => machines.isListed(machine) && passes(machine));
  const named = ids.length === 0 ? listed : listed.filter(({ id }) => ids.includes(id));
  const { page, nextToken } = pageOf(form, named);
  return { reservationSet: page.map((machine) => reservationOf(machine, machines.stateOf(machine))), nextToken };
}

/** EC2 names all that it does not know, and does nothing for the others. */
export function refuseUnknown(machines: Machines, ids: readonly string[]): void {
  const unknown = ids.filter((id) => machines.get(id) === undefined);
  if (unknown.length === 0) return;
  const words = unknown.length === 1 ? `ID '${unknown[0]}' does` : `IDs '${unknown.join(', ')}' do`;
  throw new Ec2Refusal('InvalidInstanceID.NotFound', `The instance ${words} not exist`);
}

function seenBy(machines: Machines, machine: Machine, name: string): readonly string[] | undefined {
  if (name.startsWith('tag:')) return textsOf(machine.tags[name.slice('tag:'.length)]);
  switch (name) {
    case 'tag-key':
      return Object.keys(machine.tags);
    case 'instance-id':
      return [machine.id];
    case 'instance-state-name':
      return [machines.stateOf(machine)];
    case 'instance-type':
      return [machine.type];
    case 'instance-lifecycle':
      return machine.isSpot ? ['spot'] : [];
    case 'availability-zone':
      return [machine.zone];
    case 'subnet-id':
      return [machine.subnet];
    default:
      return undefined;
  }
}

const textsOf = (text: string | undefined): readonly string[] => (text === undefined ? [] : [text]);

function reservationOf(machine: Machine, state: MachineState): XmlValue {
  const { id, type, zone, subnet, launchedAt, isSpot, tags, ending } = machine;
  const hasEnded = ending && ending.at <= Date.now();
  return {
    reservationId: id.replace('i-', 'r-'),
    instancesSet: [
      {
        instanceId: id,
        instanceState: { code: codes[state], name: state },
        instanceType: type,
        // To the second, as EC2 has it.
        launchTime: new Date(Math.floor(launchedAt / 1000) * 1000).toISOString(),
        placement: { availabilityZone: zone },
        // A terminated machine has left its subnet.
        subnetId: state === 'terminated' ? undefined : subnet,
        instanceLifecycle: isSpot ? 'spot' : undefined,
        reason: hasEnded ? ending.message : '',
        stateReason: hasEnded ? { code: ending.code, message: `${ending.code}: ${ending.message}` } : undefined,
        tagSet: Object.entries(tags).map(([key, value]) => ({ key, value })),
      },
    ],
  };
}
