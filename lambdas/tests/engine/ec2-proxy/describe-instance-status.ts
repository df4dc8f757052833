import type { Ec2Call } from './ec2-call.ts';
import { filterOf } from './filters.ts';
import { textAt } from './form.ts';
import type { Machine, Machines } from './machines.ts';
import { pageOf } from './pages.ts';
import type { XmlValue } from './xml.ts';

/** What EC2's checks say of machines; of those that run, unless all were asked for. */
export function describeInstanceStatus(machines: Machines, { form }: Ec2Call): XmlValue {
  const isAskedFor = (machine: Machine): boolean =>
    textAt(form, 'IncludeAllInstances') === 'true' || machines.stateOf(machine) === 'running';
  const passes = filterOf<Machine>(form, (machine, name) => {
    if (name === 'instance-state-name') return [machines.stateOf(machine)];
    return name === 'instance-status.status' || name === 'system-status.status' ? [statusOf(machine)] : undefined;
  });
  const { page, nextToken } = pageOf(
    form,
    machines.all().filter((machine) => machines.isListed(machine) && isAskedFor(machine) && passes(machine)),
  );
  const instanceStatusSet = page.map((machine) => ({
    instanceId: machine.id,
    availabilityZone: machine.zone,
    instanceState: { name: machines.stateOf(machine) },
    instanceStatus: { status: statusOf(machine) },
    systemStatus: { status: statusOf(machine) },
  }));
  return { instanceStatusSet, nextToken };
}

const statusOf = ({ isImpaired }: Machine): string => (isImpaired ? 'impaired' : 'ok');
