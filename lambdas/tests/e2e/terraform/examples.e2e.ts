import { generateKeyPairSync } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { expect, test } from '@jest/globals';
import { startEc2Proxy } from '../../engine/ec2-proxy/ec2-proxy.ts';
import { type Engine, engine } from '../../engine/engine.ts';
import { inRoot } from '../../terraform/module-tables.ts';
import { exampleOnEngine } from './example-on-engine.ts';
import { trueDifferences } from './false-differences.ts';
import { githubAppInput } from './github-app-input.ts';
import { goldenBoots } from './golden-boots.ts';
import { whatIsLeft } from './leftovers.ts';
import { renderedBoots } from './rendered-boots.ts';

/** What an example asks for beside its App; a network is asked for where a server of one's own stands in it. */
interface Example {
  readonly prefix: string;
  readonly regions?: readonly string[];
  variables(engine: Engine): Promise<object>;
}

const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' });
const github_app = githubAppInput({ id: 1, key: String(key), webhookSecret: 'a secret' });
const withApp = async ({ region }: Engine) => ({ region, github_app });

const examples: Readonly<Record<string, Example>> = {
  'ephemeral-with-pool': { prefix: 'ex-ephemeral-with-pool', variables: withApp },
  'github-enterprise-server': {
    prefix: 'ex-ghes',
    variables: async (aws) => ({ ...(await withApp(aws)), ...(await defaultNetwork(aws)) }),
  },
  'multi-fleet': { prefix: 'ex-multi-fleet', variables: withApp },
  'prebuilt-ami': {
    prefix: 'ex-prebuilt-ami',
    variables: async (aws) => ({ ...(await withApp(aws)), image_id: 'ami-12c6146b' }),
  },
  'private-network': { prefix: 'ex-private-network', variables: withApp },
  'two-regions': {
    prefix: 'ex-two-regions',
    regions: ['eu-central-1', 'us-east-1'],
    variables: async () => ({ first_github_app: github_app, second_github_app: github_app }),
  },
  'with-vpc': { prefix: 'ex-with-vpc', variables: withApp },
};

/** Each has a test of its own: the quick start is followed by one, and `local` is no Terraform. */
const elsewhere = ['default', 'local'];

test('no example is left out', () => {
  const all = readdirSync(inRoot('examples')).filter((name) => !elsewhere.includes(name));
  expect(Object.keys(examples)).toEqual(all.sort());
});

// Side by side: most of it is waiting for the provider, which waits for AWS to settle.
test.concurrent.each(Object.entries(examples))(
  '%s is applied as it stands, boots what it booted, plans nothing twice, and leaves nothing',
  async (name, { prefix, regions, variables }) => {
    const aws = engine();
    const everywhere = (regions ?? [aws.region]).map((region) => ({ ...aws, region }));
    const ec2 = await startEc2Proxy({ motoUrl: aws.motoUrl, account: aws.account, region: aws.region });
    const example = exampleOnEngine({ name, engine: aws, ec2Url: ec2.url, variables: await variables(aws) });
    try {
      await example.init();
      await example.apply();
      expect(trueDifferences(await example.plannedChanges())).toEqual([]);
      const rendered = Object.fromEntries(
        (await Promise.all(everywhere.map((region) => renderedBoots(region, aws.motoUrl, prefix)))).flat(),
      );
      expect(rendered).toEqual(goldenBoots(name, rendered));
      await example.destroy();
      expect(await example.leftInState()).toEqual([]);
      for (const region of everywhere) expect(await whatIsLeft(region, aws.motoUrl, prefix)).toEqual([]);
    } finally {
      example.forget();
      await ec2.stop();
    }
  },
  900_000,
);

async function defaultNetwork({ region, credentials, motoUrl }: Engine) {
  const client = new EC2Client({ region, credentials, endpoint: motoUrl });
  const Filters = [{ Name: 'default-for-az', Values: ['true'] }];
  const { Subnets = [] } = await client.send(new DescribeSubnetsCommand({ Filters }));
  return { vpc_id: Subnets[0]?.VpcId, subnet_ids: Subnets.map(({ SubnetId }) => SubnetId) };
}
