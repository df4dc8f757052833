import { expect, test } from '@jest/globals';
import { type AskedRight, account, isAllowed } from './iam-evaluator.ts';
import { readInRoot } from './module-tables.ts';
import { launchRights } from './unseen-rights.ts';

interface InnerAction {
  readonly action: string;
  readonly resources: readonly string[];
  readonly context?: Readonly<Record<string, string>>;
  /** The same keys with values that must not do. */
  readonly refusedWith?: Readonly<Record<string, string>>;
}

const table = JSON.parse(readInRoot('lambdas/tests/terraform/launch-rights.json')) as {
  readonly actions: readonly InnerAction[];
};
const ec2 = `arn:aws:ec2:eu-central-1:${account}`;
/** One of each type, as the golden policy names it or as a launch would make it. */
const resourceOf: Readonly<Record<string, string>> = {
  fleet: `${ec2}:fleet/fleet-1`,
  instance: `${ec2}:instance/i-0123456789abcdef0`,
  'launch-template': `${ec2}:launch-template/lt-1`,
  subnet: `${ec2}:subnet/subnet-1`,
  'security-group': `${ec2}:security-group/sg-1`,
  'key-pair': `${ec2}:key-pair/ops`,
  image: 'arn:aws:ec2:eu-central-1::image/ami-1',
  snapshot: 'arn:aws:ec2:eu-central-1::snapshot/snap-1',
  'network-interface': `${ec2}:network-interface/eni-1`,
  volume: `${ec2}:volume/vol-1`,
  'spot-instances-request': `${ec2}:spot-instances-request/sir-1`,
  role: `arn:aws:iam::${account}:role/ci/ci-linux-runner-0a1b2c3d`,
  parameter: `arn:aws:ssm:eu-central-1:${account}:parameter/images/ci`,
  key: `arn:aws:kms:eu-central-1:${account}:key/volumes`,
  'service-linked-role': `arn:aws:iam::${account}:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot`,
};
/** What the call itself tags, and with what. */
const tagged = ['fleet', 'instance'];
const ourTags = { 'aws:RequestTag/ghr:Application': 'github-action-runner', 'aws:RequestTag/ghr:environment': 'ci' };
const launches = ['ec2:CreateFleet', 'ec2:RunInstances'];

const statementsOf = (role: string) =>
  (
    JSON.parse(readInRoot(`tests/golden-policies/${role}.json`)) as {
      readonly Statement: readonly { readonly Sid: string; readonly Action: string | readonly string[] }[];
    }
  ).Statement;

const rows = table.actions.flatMap(({ action, resources, context = {}, refusedWith }) =>
  resources.map((type): { readonly name: string; readonly asked: AskedRight; readonly refused: AskedRight[] } => {
    const resource = resourceOf[type] ?? type;
    const hasTags = launches.includes(action) && tagged.includes(type);
    const asked = { action, resource, context: hasTags ? { ...context, ...ourTags } : context };
    const refused = [
      ...(refusedWith ? [{ ...asked, context: refusedWith }] : []),
      ...(hasTags ? [{ ...asked, context: { ...ourTags, 'aws:RequestTag/ghr:environment': 'another' } }] : []),
    ];
    return { name: `${action} on ${type}`, asked, refused };
  }),
);

test.each(rows)('a launch may $name, and no other role may', async ({ asked, refused }) => {
  expect(await isAllowed('scale-up', asked)).toBe(true);
  for (const other of refused) expect(await isAllowed('scale-up', other)).toBe(false);
  for (const role of ['scale-down', 'sweep', 'webhook', 'runner']) {
    expect([role, await isAllowed(role, asked)]).toEqual([role, false]);
  }
});

test('every right of scale-up that stands in no log of calls is one of these', () => {
  const statements = statementsOf('scale-up');
  const seen = ['OpenHosts', 'RecordLaunches', 'TakeRequests'];
  const common = [...statementsOf('sweep').map(({ Sid }) => Sid), ...seen];
  const own = statements.filter(({ Sid }) => !common.includes(Sid)).flatMap(({ Action }) => [Action].flat());
  expect([...new Set(own)].sort()).toEqual([...new Set(launchRights.rights)].sort());
});

test('scale-up launches from no other template, into no other network, with no other role', async () => {
  const strange = [
    { action: 'ec2:RunInstances', resource: `${ec2}:launch-template/lt-2` },
    { action: 'ec2:RunInstances', resource: `${ec2}:subnet/subnet-2` },
    { action: 'ec2:RunInstances', resource: `${ec2}:security-group/sg-2` },
    { action: 'ec2:RunInstances', resource: `${ec2}:instance/i-1` },
    {
      action: 'iam:PassRole',
      resource: `arn:aws:iam::${account}:role/admin`,
      context: { 'iam:PassedToService': 'ec2.amazonaws.com' },
    },
  ];
  for (const asked of strange) expect([asked, await isAllowed('scale-up', asked)]).toEqual([asked, false]);
});

test('scale-down ends machines of our tags and our prefix, and no others', async () => {
  const ends = (application: string | undefined, prefix: string | undefined): Promise<boolean> =>
    isAllowed('scale-down', {
      action: 'ec2:TerminateInstances',
      resource: resourceOf.instance ?? '',
      context: {
        ...(application && { 'ec2:ResourceTag/ghr:Application': application }),
        ...(prefix && { 'ec2:ResourceTag/ghr:environment': prefix }),
      },
    });
  expect(await ends('github-action-runner', 'ci')).toBe(true);
  expect(await ends('github-action-runner', 'another')).toBe(false);
  expect(await ends('github-action-runner', undefined)).toBe(false);
  expect(await ends('another', 'ci')).toBe(false);
  expect(await ends(undefined, 'ci')).toBe(false);
  expect(await ends(undefined, undefined)).toBe(false);
});
