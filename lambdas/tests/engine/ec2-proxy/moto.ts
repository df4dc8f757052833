import { type Ec2Call, Ec2Refusal } from './ec2-call.ts';
import type { Override } from './placement.ts';

export interface Passed {
  readonly status: number;
  readonly body: string;
}

export type Moto = ReturnType<typeof motoBehind>;

/** The EC2 that is behind: it knows templates and subnets, and starts the first machine of each pool of a fleet. */
export function motoBehind(url: string) {
  const zones = new Map<string, string>();

  async function pass({ headers }: Ec2Call, body: string): Promise<Passed> {
    const response = await fetch(url, { method: 'POST', headers, body });
    return { status: response.status, body: await response.text() };
  }

  /** Its refusal is ours. */
  async function ask(call: Ec2Call, fields: URLSearchParams): Promise<string> {
    const { status, body } = await pass(call, fields.toString());
    if (status < 300) return body;
    throw new Ec2Refusal(textOf(body, 'Code') ?? 'InternalError', textOf(body, 'Message') ?? body, status);
  }

  return {
    async pass(call: Ec2Call): Promise<Passed> {
      const { status, body } = await pass(call, call.body);
      return { status, body: call.action === 'DescribeLaunchTemplateVersions' ? withoutOwnTags(body) : body };
    },
    async zoneOf(call: Ec2Call, subnet: string): Promise<string> {
      const known = zones.get(subnet);
      if (known !== undefined) return known;
      const fields = formOf({ Action: 'DescribeSubnets', 'SubnetId.1': subnet });
      const zone = textOf(await ask(call, fields), 'availabilityZone') ?? '';
      zones.set(subnet, zone);
      return zone;
    },
    /**
     * Whether that template, version, subnet and tags can be launched: a fleet of one machine, as moto takes 10 ms for each,
     * and takes all from the first override. Answers the machine's id.
     */
    async startOne(call: Ec2Call, override: Override): Promise<string | undefined> {
      return /\bi-[0-9a-f]{17}\b/.exec(await ask(call, fleetOfOne(call.body, override)))?.[0];
    },
    async end(call: Ec2Call, ids: readonly string[]): Promise<void> {
      if (ids.length === 0) return;
      const numbered = ids.map((id, index) => [`InstanceId.${index + 1}`, id] as const);
      await ask(call, formOf({ Action: 'TerminateInstances', ...Object.fromEntries(numbered) }));
    },
  };
}

const overrides = 'LaunchTemplateConfigs.1.Overrides.';

function fleetOfOne(body: string, { number }: Override): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(body)) {
    if (name === 'ClientToken') continue;
    if (!name.startsWith(overrides)) fields.set(name, value);
    else if (name.startsWith(`${overrides}${number}.`))
      fields.set(name.replace(`${overrides}${number}.`, `${overrides}1.`), value);
  }
  fields.set('TargetCapacitySpecification.TotalTargetCapacity', '1');
  return fields;
}

const formOf = (fields: Readonly<Record<string, string>>): URLSearchParams =>
  new URLSearchParams({ Version: '2016-11-15', ...fields });

/** A template's own tags are no part of what it launches; moto tells of them there, and Terraform would take them out. */
const withoutOwnTags = (xml: string): string =>
  xml.replace(/<item><resourceType>launch-template<\/resourceType><tagSet>.*?<\/tagSet><\/item>/gs, '');

const textOf = (xml: string, element: string): string | undefined =>
  new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];
