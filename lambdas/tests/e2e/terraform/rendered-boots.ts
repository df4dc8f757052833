import { readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { DescribeLaunchTemplateVersionsCommand, EC2Client, paginateDescribeLaunchTemplates } from '@aws-sdk/client-ec2';
import type { Engine } from '../../engine/engine.ts';
import { inRoot, readInRoot } from '../../terraform/module-tables.ts';

type Boot = readonly [name: string, script: string];

/** What each launch template of a region has its machines run, with a name for what differs in each account. */
export async function renderedBoots(
  { region, credentials }: Engine,
  ec2Url: string,
  prefix: string,
): Promise<readonly Boot[]> {
  const client = new EC2Client({ region, credentials, endpoint: ec2Url });
  const boots: Boot[] = [];
  for await (const { LaunchTemplates = [] } of paginateDescribeLaunchTemplates({ client }, {})) {
    for (const { LaunchTemplateName = '' } of LaunchTemplates) {
      if (!LaunchTemplateName.startsWith(prefix)) continue;
      boots.push([`${region}.${LaunchTemplateName}`, await bootOf(client, LaunchTemplateName)]);
    }
  }
  return boots;
}

async function bootOf(client: EC2Client, LaunchTemplateName: string): Promise<string> {
  const { LaunchTemplateVersions = [] } = await client.send(
    new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName, Versions: ['$Default'] }),
  );
  const packed = LaunchTemplateVersions[0]?.LaunchTemplateData?.UserData ?? '';
  return withNames(withoutScripts(gunzipSync(Buffer.from(packed, 'base64')).toString()));
}

const withNames = (boot: string): string =>
  boot
    .replaceAll(/\bAROA[A-Z0-9]+\b/g, 'ROLE_ID')
    .replaceAll(/\b[0-9a-f]{64}\b/g, 'SHA256')
    .replaceAll(/(-binaries-)[0-9a-z]+/g, '$1SUFFIX');

/** The scripts of images are files of their own: a change is seen there, and need not be read once for each fleet. */
const withoutScripts = (boot: string): string =>
  readdirSync(inRoot('images/scripts'))
    .map((name) => `images/scripts/${name}`)
    .reduce((text, path) => text.replace(readInRoot(path), `${path}\n`), boot);
