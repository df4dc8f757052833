import { CreateLaunchTemplateCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { Engine } from '../../engine/engine.ts';

export interface LaunchTemplate {
  readonly launchTemplateId: string;
  readonly launchTemplateVersion: string;
  readonly subnets: readonly { readonly id: string; readonly zone: string }[];
}

const zonesLimit = 2;

/** A launch template, and subnets of the account's default network. */
export async function makeLaunchTemplate(engine: Engine, ec2Url: string, prefix: string): Promise<LaunchTemplate> {
  const ec2 = new EC2Client({ endpoint: ec2Url, region: engine.region, credentials: engine.credentials });
  const { LaunchTemplate: made } = await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: `${prefix}-action-runner`,
      LaunchTemplateData: { ImageId: 'ami-12c6146b', InstanceType: 'm7i.large' },
    }),
  );
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
  return {
    launchTemplateId: made?.LaunchTemplateId ?? '',
    launchTemplateVersion: String(made?.LatestVersionNumber ?? ''),
    subnets: Subnets.slice(0, zonesLimit).map(({ SubnetId = '', AvailabilityZone = '' }) => ({
      id: SubnetId,
      zone: AvailabilityZone,
    })),
  };
}
