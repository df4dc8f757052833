import { expect, test } from '@jest/globals';
import { writtenByHosts } from '../../src/adapters/hosts/dynamodb-host-row.ts';
import { readInRoot } from './module-tables.ts';

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** As the provider renders them: `terraform test` holds the modules against the same files. */
const roles = ['runner', 'webhook', 'scale-up', 'scale-down', 'sweep'] as const;
const statementsOf = (role: (typeof roles)[number]): readonly Statement[] =>
  (JSON.parse(readInRoot(`tests/golden-policies/${role}.json`)) as { Statement: readonly Statement[] }).Statement;
const all = (value: string | readonly string[] = []): readonly string[] => [value].flat();
const withSid = (role: (typeof roles)[number], sid: string): Statement | undefined =>
  statementsOf(role).find(({ Sid }) => Sid === sid);
const actionsOf = (role: (typeof roles)[number]): readonly string[] =>
  statementsOf(role).flatMap(({ Action }) => all(Action));

test.each(roles)('every statement of %s has a name of its own', (role) => {
  const sids = statementsOf(role).map(({ Sid }) => Sid);
  expect(sids.filter((sid, place) => !sid || sids.indexOf(sid) !== place)).toEqual([]);
});

test.each(roles)('%s may use no resource that it does not name, where AWS can tell them apart', (role) => {
  const open = statementsOf(role).filter(({ Resource }) => all(Resource).some((arn) => /^\*$|:\*$/.test(arn)));
  // Lists of machines have no resources; a log group's streams are made by whoever writes them.
  expect(
    open.map(({ Sid }) => Sid).filter((sid) => !['SeeMachines', 'SeeImpairedMachines', 'WriteOwnLogs'].includes(sid)),
  ).toEqual([]);
});

test.each(roles)('%s has no action by a pattern, but for those that AWS itself lists so', (role) => {
  const patterns = actionsOf(role).filter((action) => action.includes('*'));
  expect(patterns.filter((action) => !['kms:ReEncrypt*', 'kms:GenerateDataKey*'].includes(action))).toEqual([]);
});

test('a machine reads and writes its own row alone', () => {
  for (const sid of ['ReadOwnRow', 'WriteOwnRow']) {
    const condition = withSid('runner', sid)?.Condition;
    // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM's own variable.
    expect(condition?.['ForAllValues:StringEquals']?.['dynamodb:LeadingKeys']).toBe('${aws:userid}');
    // Without it, a request that names no key at all would satisfy "for all".
    expect(condition?.Null?.['dynamodb:LeadingKeys']).toBe('false');
  }
  const tables = statementsOf('runner').flatMap(({ Action }) =>
    all(Action).filter((one) => one.startsWith('dynamodb:')),
  );
  expect([...tables].sort()).toEqual(['dynamodb:GetItem', 'dynamodb:UpdateItem']);
});

test('a machine writes what its host writes, and is answered with nothing else', () => {
  const condition = withSid('runner', 'WriteOwnRow')?.Condition;
  const attributes = all(condition?.['ForAllValues:StringEquals']?.['dynamodb:Attributes']);
  expect([...attributes].sort()).toEqual([...writtenByHosts].sort());
  expect(condition?.Null?.['dynamodb:Attributes']).toBe('false');
  expect(condition?.StringEqualsIfExists?.['dynamodb:ReturnValues']).toEqual(['NONE', 'UPDATED_OLD']);
});

test('only scale-down ends machines, and only those of this deployment', () => {
  const enders = roles.filter((role) => actionsOf(role).includes('ec2:TerminateInstances'));
  expect(enders).toEqual(['scale-down']);
  expect(withSid('scale-down', 'EndOurMachines')?.Condition?.StringEquals).toEqual({
    'ec2:ResourceTag/ghr:Application': 'github-action-runner',
    'ec2:ResourceTag/ghr:environment': 'ci',
  });
});

test('only scale-up launches, and demands tags only of what its call tags', () => {
  const launchers = roles.filter((role) => actionsOf(role).includes('ec2:CreateFleet'));
  expect(launchers).toEqual(['scale-up']);
  const tagged = statementsOf('scale-up').filter(({ Condition }) =>
    Object.keys(Condition?.StringEquals ?? {}).some((key) => key.startsWith('aws:RequestTag/')),
  );
  const types = tagged.flatMap(({ Resource }) => all(Resource)).map((arn) => arn.split(':')[5]);
  expect([...types].sort()).toEqual(['fleet/*', 'instance/*']);
});

test('a role is given to EC2 alone', () => {
  const passes = roles.flatMap((role) =>
    statementsOf(role).filter(({ Action }) => all(Action).includes('iam:PassRole')),
  );
  expect(passes.map(({ Condition }) => Condition)).toEqual([
    { StringLike: { 'iam:PassedToService': 'ec2.amazonaws.com*' } },
  ]);
});

test('the webhook reaches no machine and no host', () => {
  const reached = statementsOf('webhook').flatMap(({ Resource }) => all(Resource));
  expect(actionsOf('webhook').filter((action) => action.startsWith('ec2:'))).toEqual([]);
  expect(reached.filter((arn) => arn.includes('hosts'))).toEqual([]);
});
