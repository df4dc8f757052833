import { refuseUnknown } from './describe-instances.ts';
import { type Ec2Call, Ec2Refusal } from './ec2-call.ts';
import { textsAt } from './form.ts';
import type { Machines } from './machines.ts';
import type { Moto } from './moto.ts';
import type { XmlValue } from './xml.ts';

/** All or none: one that is unknown or protected refuses the call. */
export async function terminateInstances(machines: Machines, moto: Moto, call: Ec2Call): Promise<XmlValue> {
  const ids = textsAt(call.form, 'InstanceId');
  refuseUnknown(machines, ids);
  const known = ids.flatMap((id) => machines.get(id) ?? []);
  const kept = known.find((machine) => machine.isProtected && machines.isAlive(machine));
  if (kept !== undefined) {
    const attribute = "Modify its 'disableApiTermination' instance attribute and try again.";
    throw new Ec2Refusal('OperationNotPermitted', `The instance '${kept.id}' may not be terminated. ${attribute}`);
  }
  const before = known.map((machine) => ({ machine, previous: machines.stateOf(machine) }));
  const alive = known.filter(machines.isAlive);
  await moto.end(
    call,
    alive.filter(({ isInMoto }) => isInMoto).map(({ id }) => id),
  );
  for (const { id } of alive) machines.end(id, 'Client.UserInitiatedShutdown', 'User initiated');
  return {
    instancesSet: before.map(({ machine, previous }) => ({
      instanceId: machine.id,
      currentState: { name: machines.stateOf(machine) },
      previousState: { name: previous },
    })),
  };
}
