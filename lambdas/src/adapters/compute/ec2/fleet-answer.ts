import type { CreateFleetError, CreateFleetInstance, CreateFleetResult } from '@aws-sdk/client-ec2';
import type { Ec2Fleet } from '../../../core/config.ts';
import type { Instant } from '../../../core/instant.ts';
import type { Instance, LaunchError, LaunchRequest, LaunchResult, Placement } from '../../../ports/compute.ts';
import { isNotOffered, isOfWholeZone, kindOfCode } from './error-codes.ts';

/** What came, and why other machines did not, from the answer alone: nobody is asked about a launch. */
export function launchResult(
  answer: CreateFleetResult,
  fleet: Ec2Fleet,
  request: LaunchRequest,
  now: Instant,
): LaunchResult {
  const instances = (answer.Instances ?? []).flatMap((batch) => instancesOf(batch, fleet, request, now));
  return { instances, errors: launchErrors(answer.Errors ?? [], fleet, request) };
}

function instancesOf(batch: CreateFleetInstance, fleet: Ec2Fleet, request: LaunchRequest, now: Instant): Instance[] {
  const { lane, fleet: name, launchId, market } = request;
  const { type, zone } = placementOf(batch, fleet) ?? { type: batch.InstanceType ?? '', zone: '' };
  return (batch.InstanceIds ?? []).map((id) => ({
    id,
    lane,
    fleet: name,
    launchId,
    state: 'pending',
    launchedAt: now,
    type,
    zone,
    market,
    bypassRemoval: false,
    impaired: false,
  }));
}

type Placed = Pick<CreateFleetInstance, 'LaunchTemplateAndOverrides' | 'InstanceType' | 'AvailabilityZone'>;

function placementOf(placed: Placed, { subnets }: Ec2Fleet): Placement | undefined {
  const override = placed.LaunchTemplateAndOverrides?.Overrides;
  const type = placed.InstanceType ?? override?.InstanceType;
  const subnetZone = subnets.find(({ id }) => id === override?.SubnetId)?.zone;
  const zone = placed.AvailabilityZone ?? override?.AvailabilityZone ?? subnetZone;
  return type === undefined || zone === undefined ? undefined : { type, zone };
}

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly placement: Placement | undefined;
}

function launchErrors(errors: readonly CreateFleetError[], fleet: Ec2Fleet, request: LaunchRequest): LaunchError[] {
  const refusals = errors.map((error): Refusal => {
    const code = error.ErrorCode ?? 'no code';
    return { code, message: `${code}: ${error.ErrorMessage ?? ''}`, placement: placementOf(error, fleet) };
  });
  const notOffered = new Set(
    refusals.filter(({ code }) => isNotOffered(code)).map(({ placement }) => keyOf(placement)),
  );
  const nowhereOffered = request.placements.every((placement) => notOffered.has(keyOf(placement)));
  return refusals.flatMap((refusal) => sorted(refusal, request, nowhereOffered));
}

const keyOf = (placement: Placement | undefined): string => `${placement?.type}/${placement?.zone}`;

/** A type that one zone does not offer may be had in another one: for that place it is a lack of capacity. */
function sorted(refusal: Refusal, request: LaunchRequest, nowhereOffered: boolean): LaunchError[] {
  const { code, message, placement } = refusal;
  if (placement === undefined) return [{ kind: kindOfCode(code), message }];
  if (isNotOffered(code) && !nowhereOffered) return [{ kind: 'capacity', message, placement }];
  if (isOfWholeZone(code)) return zoneErrors(message, placement.zone, request);
  return [{ kind: kindOfCode(code), message, placement }];
}

/** A zone whose subnet is full has room for no type. */
export const zoneErrors = (message: string, zone: string, { placements }: LaunchRequest): LaunchError[] =>
  placements
    .filter((placement) => placement.zone === zone)
    .map((placement) => ({ kind: 'capacity', message, placement }));
