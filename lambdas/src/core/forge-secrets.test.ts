import { expect, test } from '@jest/globals';
import { awsDeployment, awsForge } from '../../tests/aws-deployment.ts';
import type { SecretSource } from './config.ts';
import { ConfigError } from './errors.ts';
import { forgeAppsOf, webhookSecretsOf } from './forge-secrets.ts';
import { parseConfig } from './parse-config.ts';

const pem = '-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----\n';

const readFrom =
  (values: Readonly<Record<string, string>>) =>
  (source: SecretSource): string =>
    values['parameter' in source ? source.parameter : source.file] ?? 'none';

const { forge } = parseConfig(awsDeployment());

test.each([
  ['as it is', pem],
  ['in base64', Buffer.from(pem).toString('base64')],
  [
    'in base64 with line breaks',
    `${Buffer.from(pem).toString('base64').slice(0, 40)}\n${Buffer.from(pem).toString('base64').slice(40)}\n`,
  ],
])('a key is understood %s', (_, stored) => {
  const apps = forgeAppsOf(forge, readFrom({ '/ci/app-id': '7\n', '/ci/app-key': stored }));
  expect(apps).toEqual([{ id: 7, privateKey: pem }]);
});

test('a key whose line breaks are written as \\n is left to whoever reads PEM', () => {
  const escaped = pem.replaceAll('\n', '\\n');
  const apps = forgeAppsOf(forge, readFrom({ '/ci/app-id': '7', '/ci/app-key': escaped }));
  expect(apps[0]?.privateKey).toBe(escaped);
});

test('an id that is none is refused by the name of its parameter, without what stands there', () => {
  const read = readFrom({ '/ci/app-id': 'hunter2', '/ci/app-key': pem });
  const problems = problemsIn(() => forgeAppsOf(forge, read));
  expect(problems).toEqual([expect.stringContaining('/ci/app-id must hold the number of a GitHub App')]);
  expect(problems.join()).not.toContain('hunter2');
});

test('both secrets hold during a rotation', () => {
  const rotating = { ...awsForge, previousWebhookSecretParameter: '/ci/old' };
  const config = parseConfig(awsDeployment({ forge: rotating }));
  const read = readFrom({ '/ci/webhook-secret': 'new', '/ci/old': 'old' });
  expect(webhookSecretsOf(config.forge, read)).toEqual(['new', 'old']);
});

function problemsIn(work: () => unknown): readonly string[] {
  try {
    work();
    return [];
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.problems;
    throw thrown;
  }
}
