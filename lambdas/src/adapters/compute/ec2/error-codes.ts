import type { LaunchErrorKind } from '../../../ports/compute.ts';

/**
 * EC2's error codes by what to do about them. What stands in none of these is unknown, and tried again.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 * Which of them a fleet answers, and in which sense, is from those who launch by the thousand: karpenter's
 * `unfulfillableCapacityErrorCodes` and aws-parallelcluster-node's `EC2_ICE_ERROR_CODES`.
 */
const codesOf: Readonly<Record<Exclude<LaunchErrorKind, 'unknown'>, ReadonlySet<string>>> = {
  capacity: new Set([
    'InsufficientInstanceCapacity',
    'InsufficientCapacity',
    'InsufficientHostCapacity',
    'InsufficientReservedInstanceCapacity',
    'InsufficientCapacityOnHost',
    'InsufficientFreeAddressesInSubnet',
    'ReservationCapacityExceeded',
    'UnfulfillableCapacity',
    // The market's price passes, as a lack of machines does; on-demand machines are still to be had.
    'SpotMaxPriceTooLow',
    'UnavailableHostRequirements',
  ]),
  quota: new Set([
    'VcpuLimitExceeded',
    'InstanceLimitExceeded',
    'MaxSpotInstanceCountExceeded',
    'MaxSpotFleetRequestCountExceeded',
    'MaxScheduledInstanceCapacityExceeded',
    'FleetLimitExceeded',
    'MaxFleetCountExceeded',
    'VolumeLimitExceeded',
    'MaxIOPSLimitExceeded',
    'AddressLimitExceeded',
    'NetworkInterfaceLimitExceeded',
    'PrivateIpAddressLimitExceeded',
    'ResourceLimitExceeded',
    'ResourceCountExceeded',
    'InstanceQuotaExceeded',
  ]),
  throttle: new Set([
    'RequestLimitExceeded',
    'Throttling',
    'ThrottlingException',
    'ThrottledException',
    'RequestThrottled',
    'RequestThrottledException',
    'TooManyRequestsException',
    'EC2ThrottledException',
    'SlowDown',
  ]),
  configuration: new Set([
    'InvalidFleetConfig',
    'InvalidFleetConfiguration',
    'Unsupported',
    'UnsupportedOperation',
    'UnsupportedTenancy',
    'VPCIdNotSpecified',
    'InvalidAMIID.NotFound',
    'InvalidAMIID.Malformed',
    'InvalidAMIID.Unavailable',
    'InvalidAvailabilityZone',
    'InvalidBlockDeviceMapping',
    'InvalidGroup.NotFound',
    'InvalidGroupId.Malformed',
    'InvalidIamInstanceProfileArn.Malformed',
    'InvalidInstanceType',
    'InvalidKeyPair.NotFound',
    'InvalidLaunchTemplateId.Malformed',
    'InvalidLaunchTemplateId.NotFound',
    'InvalidLaunchTemplateId.VersionNotFound',
    'InvalidLaunchTemplateName.NotFoundException',
    'InvalidNetworkInterfaceID.NotFound',
    'InvalidParameter',
    'InvalidParameterCombination',
    'InvalidParameterDependency',
    'InvalidParameterValue',
    'InvalidPlacementGroup.Unknown',
    'InvalidSecurityGroupID.NotFound',
    'InvalidSnapshot.NotFound',
    'InvalidSubnet.Conflict',
    'InvalidSubnet.Range',
    'InvalidSubnetID.NotFound',
    'InvalidSubnetID.Malformed',
    'InvalidTagKey.Malformed',
    'InvalidUserData.Malformed',
    'MissingParameter',
    'OptInRequired',
    'TagLimitExceeded',
    'UnknownParameter',
  ]),
  permission: new Set([
    'UnauthorizedOperation',
    'OperationNotPermitted',
    'AccessDenied',
    'AccessDeniedException',
    'AuthFailure',
    'AuthFailure.ServiceLinkedRoleCreationNotPermitted',
    'Blocked',
    'InvalidClientTokenId',
    'PendingVerification',
    'SignatureDoesNotMatch',
    'SsmAccessDenied',
    'UnrecognizedClientException',
  ]),
};

/** `Client.` and `Server.` stand before some codes, and mean nothing more. */
const bare = (code: string): string => code.replace(/^(?:Client|Server)\./, '');

export function kindOfCode(code: string): LaunchErrorKind {
  const kinds = Object.entries(codesOf) as [LaunchErrorKind, ReadonlySet<string>][];
  return kinds.find(([, codes]) => codes.has(bare(code)))?.[0] ?? 'unknown';
}

/**
 * A type that a zone does not offer and a type that nobody offers answer alike: only where every place says it is the
 * configuration wrong.
 */
export const isNotOffered = (code: string): boolean =>
  ['Unsupported', 'InvalidFleetConfiguration'].includes(bare(code));

/** Every type of that zone needs an address of that subnet. */
export const isOfWholeZone = (code: string): boolean => bare(code) === 'InsufficientFreeAddressesInSubnet';

export const isTokenMismatch = (code: string): boolean => bare(code) === 'IdempotentParameterMismatch';

export const isUnknownInstance = (code: string): boolean =>
  ['InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed'].includes(bare(code));

/** A person switched on termination protection. */
export const isProtectedInstance = (code: string): boolean => bare(code) === 'OperationNotPermitted';
