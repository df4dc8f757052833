import { randomUUID } from 'node:crypto';
import type { Capacity } from './capacity.ts';
import { clientTokens } from './client-tokens.ts';
import { type Ec2Call, Ec2Refusal } from './ec2-call.ts';
import { type FormTree, listAt, tagsAt, textAt } from './form.ts';
import type { Machines } from './machines.ts';
import type { Moto } from './moto.ts';
import { type Override, type Places, place, refuseDuplicatePools } from './placement.ts';
import type { XmlValue } from './xml.ts';

export interface FleetWorld {
  readonly machines: Machines;
  readonly capacity: Capacity;
  readonly moto: Moto;
  /** What becomes of a machine that was just launched. */
  readonly onLaunch: (id: string) => void;
}

/** Instant fleets with tokens, places and lacks of them; moto starts one machine of each place. */
export function fleetCreator(world: FleetWorld): (call: Ec2Call) => Promise<XmlValue> {
  const once = clientTokens<XmlValue>();
  // One after the other, or two of them would share out the same room.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (act: () => Promise<XmlValue>): Promise<XmlValue> => {
    const next = turn.then(act, act);
    turn = next;
    return next;
  };
  return (call) => once(textAt(call.form, 'ClientToken'), call.body, () => inTurn(() => createFleet(world, call)));
}

async function createFleet(world: FleetWorld, call: Ec2Call): Promise<XmlValue> {
  const { form } = call;
  const isSpot = textAt(form, 'TargetCapacitySpecification.DefaultTargetCapacityType') === 'spot';
  const options = isSpot ? 'SpotOptions' : 'OnDemandOptions';
  const strategy = textAt(form, `${options}.AllocationStrategy`) ?? 'lowest-price';
  const count = Number(textAt(form, 'TargetCapacitySpecification.TotalTargetCapacity'));
  if (!isSpot) refuseSpotTags(call);
  const overrides = await overridesOf(world, call);
  refuseDuplicatePools(overrides);

  const places = place(overrides, count, strategy, world.capacity);
  const tags = instanceTags(call);
  const lifecycle = isSpot ? 'spot' : 'on-demand';
  // Moto may refuse one of them: no machine of ours may have come by then.
  const firsts = new Map<Override, string | undefined>();
  for (const override of places.filled.keys()) firsts.set(override, await world.moto.startOne(call, override));
  const instances = [...places.filled].map(([override, count]): XmlValue => {
    const { type, zone, subnet } = override;
    const ids = Array.from({ length: count }, (_, index) => {
      const id = index === 0 ? firsts.get(override) : undefined;
      return world.machines.add({ type, zone, subnet, isSpot, tags, ...(id !== undefined && { id }) }).id;
    });
    for (const id of ids) world.onLaunch(id);
    return {
      launchTemplateAndOverrides: echoOf(call, override),
      lifecycle,
      instanceIds: ids,
      instanceType: type,
    };
  });
  return { fleetId: `fleet-${randomUUID()}`, errorSet: errorsOf(call, places, lifecycle), fleetInstanceSet: instances };
}

function overridesOf({ moto }: FleetWorld, call: Ec2Call): Promise<Override[]> {
  return Promise.all(
    listAt(call.form, 'LaunchTemplateConfigs.1.Overrides').map(async (override, index) => {
      const subnet = textAt(override, 'SubnetId') ?? '';
      const priority = textAt(override, 'Priority');
      return {
        number: index + 1,
        type: textAt(override, 'InstanceType') ?? '',
        subnet,
        zone: await moto.zoneOf(call, subnet),
        priority: priority === undefined ? undefined : Number(priority),
        maxPrice: textAt(override, 'MaxPrice'),
      };
    }),
  );
}

/** @see https://github.com/github-aws-runners/terraform-aws-github-runner/issues/4561 */
function refuseSpotTags(call: Ec2Call): void {
  if (specificationOf(call, 'spot-instances-request') === undefined) return;
  const condition = 'if there are no Spot instances requests being created by the request.';
  throw new Ec2Refusal('InvalidParameterValue', `You cannot specify tags for Spot instances requests ${condition}`);
}

const specificationOf = ({ form }: Ec2Call, resource: string): FormTree | undefined =>
  listAt(form, 'TagSpecification').find((one) => textAt(one, 'ResourceType') === resource);

function instanceTags(call: Ec2Call): Readonly<Record<string, string>> {
  const specification = specificationOf(call, 'instance');
  return specification ? tagsAt(specification, 'Tag') : {};
}

const errorsOf = (call: Ec2Call, { refused }: Places, lifecycle: string): XmlValue =>
  refused.map(({ override, refusal }) => ({
    launchTemplateAndOverrides: echoOf(call, override),
    lifecycle,
    errorCode: refusal.code,
    errorMessage: refusal.message,
  }));

function echoOf({ form }: Ec2Call, { type, subnet, maxPrice, priority }: Override): XmlValue {
  const template = 'LaunchTemplateConfigs.1.LaunchTemplateSpecification';
  return {
    launchTemplateSpecification: {
      launchTemplateId: textAt(form, `${template}.LaunchTemplateId`),
      version: textAt(form, `${template}.Version`),
    },
    overrides: { instanceType: type, subnetId: subnet, maxPrice, priority },
  };
}
