import { describe, expect, test } from '@jest/globals';
import { awsDeployment, awsFleet, awsForge } from '../../../tests/aws-deployment.ts';
import { deployment } from '../../../tests/deployment.ts';
import { ConfigError } from '../../core/errors.ts';
import { webhookSecretsOf } from '../../core/forge-secrets.ts';
import { readSettings, type Settings } from './read-settings.ts';

type Values = Readonly<Record<string, unknown>>;

const { fleets: _, ...alone } = awsDeployment() as Values;
const values: Values = {
  '/ci/config/deployment': alone,
  '/ci/config/fleets/linux': awsFleet,
  '/ci/app-id': '7',
  '/ci/app-key': 'a key',
  '/ci/webhook-secret': 'hunter2\n',
};

function settings(written: Values = values, use: 'all' | 'matching' = 'all'): Promise<Settings> {
  const texts = Object.entries(written).map(([name, value]): readonly [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const asked: string[][] = [];
  const read = async (names: readonly string[]) => {
    asked.push([...names]);
    return new Map(texts);
  };
  return readSettings(read, Object.keys(written).join(' '), use).finally(() => expect(asked.length).toBeLessThan(2));
}

const problemsOf = (written: Values): Promise<readonly string[]> =>
  settings(written).then(
    () => [],
    (error: unknown) => (error as ConfigError).problems,
  );

test('one read holds documents and secrets', async () => {
  const { config, aws, readSecret } = await settings();
  expect(config.fleets.map(({ name }) => name)).toEqual(['linux']);
  expect(aws.ledgerTable).toBe('ci-ledger');
  expect(webhookSecretsOf(config.forge, readSecret)).toEqual(['hunter2']);
});

test('the webhook’s document is read without Apps and machines', async () => {
  const { ec2: __, instanceTypes: ___, ...fleet } = awsFleet;
  const { app: ____, ...forge } = awsForge;
  const text = JSON.stringify(awsDeployment({ forge, fleets: { linux: fleet } }));
  const written = {
    '/ci/webhook/matchers-0': text.slice(0, 100),
    '/ci/webhook/matchers-1': text.slice(100),
    '/ci/webhook-secret': 'hunter2',
  };
  const { config } = await settings(written, 'matching');
  expect(config.fleets[0]?.labels).toEqual(awsFleet.labels);
  expect(config.forge.apps).toEqual([]);
});

test('a trial divides every waiting time', async () => {
  const { timing, config } = await settings({ ...values, '/ci/config/deployment': { ...alone, timeScale: 10 } });
  expect(timing.lostSeconds).toBe(90);
  expect(config.fleets[0]?.firstJobMinutes).toBe(1);
});

describe('it is refused', () => {
  test('without names', async () => {
    expect(await problemsOf({})).toEqual([expect.stringContaining('CONFIG_PARAMETERS is empty')]);
  });

  test('where it is one machine’s', async () => {
    const { fleets: fleetsOfFile, ...file } = deployment() as Values;
    const { linux } = fleetsOfFile as Values;
    const written = { '/ci/config/deployment': file, '/ci/config/fleets/linux': linux };
    expect(await problemsOf(written)).toEqual([expect.stringContaining('compute.kind: must be "ec2"')]);
  });

  test.each([
    ['is not read', { '/ci/webhook-secret': undefined }, 'is not among CONFIG_PARAMETERS'],
    ['is empty', { '/ci/webhook-secret': '\n' }, 'is empty'],
  ])('with a secret that %s, by its name', async (_, different, sentence) => {
    const { config, readSecret } = await settings(JSON.parse(JSON.stringify({ ...values, ...different })));
    expect(() => webhookSecretsOf(config.forge, readSecret)).toThrow(ConfigError);
    expect(() => webhookSecretsOf(config.forge, readSecret)).toThrow(`/ci/webhook-secret ${sentence}`);
  });
});
