import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { awsDeployment, awsFleet, awsForge } from '../../tests/aws-deployment.ts';
import { deployment, forge, problemsOf } from '../../tests/deployment.ts';
import { parseConfig } from './parse-config.ts';
import { version } from './version.ts';

const withEc2 = (different: object): object =>
  awsDeployment({ fleets: { linux: { ...awsFleet, ec2: { ...awsFleet.ec2, ...different } } } });

describe('a deployment on AWS', () => {
  test('takes its zones from its subnets, and its secrets from parameters', () => {
    const config = parseConfig(awsDeployment());
    expect(config).toMatchObject({
      compute: { kind: 'ec2' },
      timeScale: 1,
      aws: { ledgerTable: 'ci-ledger', metricsNamespace: 'ci-runners', tracing: false, logLevel: 'info' },
      forge: {
        apps: [{ id: { parameter: '/ci/app-id' }, privateKey: { parameter: '/ci/app-key' } }],
        webhookSecret: { parameter: '/ci/webhook-secret' },
      },
    });
    expect(config.fleets[0]).toMatchObject({
      zones: ['eu-central-1a', 'eu-central-1b'],
      ec2: { allocationStrategy: 'price-capacity-optimized', launchTemplateVersion: '3' },
    });
    expect(JSON.parse(JSON.stringify(config))).toEqual(config);
  });

  test('has a fleet hash that changes with its launch template', () => {
    const hash = (written: object): string | undefined => parseConfig(written).fleets[0]?.hash;
    expect(hash(withEc2({ launchTemplateVersion: '4' }))).not.toBe(hash(awsDeployment()));
  });

  test('may be reduced to what matching needs', () => {
    const { ec2: _, instanceTypes: __, ...reduced } = awsFleet;
    const { app: ___, ...noApp } = awsForge;
    const written = awsDeployment({ forge: noApp, fleets: { linux: { ...reduced, poolConfig: [aPool] } } });
    expect(parseConfig(written, 'matching').fleets.map(({ name }) => name)).toEqual(['linux']);
    expect(problemsOf(written).map((problem) => problem.split(': ')[0])).toEqual([
      'forge.app',
      'fleets.linux.ec2',
      'fleets.linux.instanceTypes',
      'fleets.linux.poolRunnerOwner',
    ]);
  });

  const aPool = { scheduleExpression: 'rate(5 minutes)', size: 2 };

  test.each<[string, object]>([
    ['aws: is missing: it must be an object that names ledgerTable', { aws: undefined }],
    ['aws.queueUrl: must be the address of a queue', { aws: { ledgerTable: 'abc', hostsTable: 'abc', queueUrl: 'x' } }],
    ['compute.command: is for processes', { compute: { kind: 'ec2', command: ['x'] } }],
    ['timeScale: must be a number from 1', { timeScale: 0.5 }],
    ['version: is 999.0.0, and these functions are', { version: '999.0.0' }],
    ['forge.webhookSecretFile: is read on one machine alone', { forge: { ...awsForge, webhookSecretFile: 'x' } }],
    ['forge.webhookSecretParameter: is missing', { forge: { ...awsForge, webhookSecretParameter: undefined } }],
    ['forge.app.privateKeyParameter: is missing', { forge: { ...awsForge, app: { id: 7 } } }],
    ['forge.app.idParameter: cannot stand beside id', { forge: { ...awsForge, app: { ...awsForge.app, id: 7 } } }],
    [
      'forge.app.idParameter: must be the name',
      { forge: { ...awsForge, app: { ...awsForge.app, idParameter: 'a b' } } },
    ],
    ['fleets.linux.ec2: is missing', { fleets: { linux: { ...awsFleet, ec2: undefined } } }],
    ['fleets.linux.instanceTypes: is missing', { fleets: { linux: { ...awsFleet, instanceTypes: undefined } } }],
    ['fleets.linux.zones: follow from ec2.subnets', { fleets: { linux: { ...awsFleet, zones: ['a'] } } }],
  ])('is refused with "%s"', (start, different) => {
    expect(problemsOf(awsDeployment(different))).toEqual([expect.stringContaining(start)]);
  });

  test.each<[string, object]>([
    ['launchTemplateId: must be the id of a launch template', { launchTemplateId: 'template' }],
    ['launchTemplateVersion: must be a number as text', { launchTemplateVersion: '$Latest' }],
    ['launchTemplateVersion: must be a number as text', { launchTemplateVersion: 3 }],
    ['subnets: must be a list of one or more subnets', { subnets: [] }],
    ['subnets[0].zone: is missing', { subnets: [{ id: 'subnet-1' }] }],
    ['allocationStrategy: must be "price-capacity-optimized" or', { allocationStrategy: 'cheapest' }],
    ['maxSpotPrice: must be dollars an hour as text', { maxSpotPrice: 0.05 }],
    ['roleId: must be the unique id', { roleId: 'arn:aws:iam::1:role/x' }],
    ['tags: must be an object of texts', { tags: { a: 1 } }],
  ])('is refused with a fleet of "ec2.%s"', (start, different) => {
    expect(problemsOf(withEc2(different))).toEqual([expect.stringContaining(`fleets.linux.ec2.${start}`)]);
  });
});

describe('on one machine', () => {
  test.each<[string, object]>([
    ['aws: is for compute.kind "ec2"', { aws: { ledgerTable: 'abc', hostsTable: 'abc', queueUrl: 'http://x' } }],
    ['timeScale: is for compute.kind "ec2"', { timeScale: 2 }],
    ['forge.webhookSecretParameter: is read on AWS alone', { forge: { ...forge, webhookSecretParameter: '/x' } }],
    ['fleets.linux.ec2: is for compute.kind "ec2"', { fleets: { linux: { labels: ['a'], ec2: awsFleet.ec2 } } }],
    [
      'forge.app.idParameter: is read on AWS alone',
      { forge: { ...forge, app: { idParameter: '/x', privateKeyFile: 'x' } } },
    ],
  ])('what is for AWS is refused with "%s"', (start, different) => {
    expect(problemsOf(deployment(different))).toEqual([expect.stringContaining(start)]);
  });

  test('the version of another release is refused too', () => {
    expect(problemsOf(deployment({ version }))).toEqual([]);
    expect(problemsOf(deployment({ version: '999.0.0' }))).toHaveLength(1);
  });
});

test("the functions' version is the package's", () => {
  const { version: published } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(version).toBe(published);
});
