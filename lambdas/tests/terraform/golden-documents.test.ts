import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { configFields } from '../../src/core/config-schema.ts';
import { joinDocuments } from '../../src/core/join-documents.ts';
import { parseConfig } from '../../src/core/parse-config.ts';

/** What `terraform test` holds the rendered documents against; so the functions' parser is held against the same. */
const golden = new URL('../../../tests/golden/', import.meta.url);
const deployments = readdirSync(golden);

const read = (path: string): string => readFileSync(new URL(path, golden), 'utf8');
const fleetsOf = (deployment: string): readonly string[] =>
  readdirSync(new URL(`${deployment}/fleets/`, golden)).map((file) => file.replace(/\.json$/, ''));

function parametersOf(deployment: string): ReadonlyMap<string, string> {
  const fleets = fleetsOf(deployment).map((fleet): [string, string] => [
    `/ci/config/fleets/${fleet}`,
    read(`${deployment}/fleets/${fleet}.json`),
  ]);
  return new Map([['/ci/config/deployment', read(`${deployment}/deployment.json`)], ...fleets]);
}

describe.each(deployments)('%s', (deployment) => {
  test('the control plane reads what Terraform wrote', () => {
    const parameters = parametersOf(deployment);
    const config = parseConfig(joinDocuments([...parameters.keys()], parameters));
    expect(config.fleets.map(({ name }) => name).sort()).toEqual([...fleetsOf(deployment)].sort());
    expect(config.compute).toEqual({ kind: 'ec2' });
  });

  test('the webhook reads its own part, and matches as the control plane does', () => {
    const text = read(`${deployment}/matchers.json`);
    const names = ['/ci/webhook/matchers-0', '/ci/webhook/matchers-1'];
    const pieces = new Map([text.slice(0, 40), text.slice(40)].map((piece, at) => [names[at] ?? '', piece]));
    const matching = parseConfig(joinDocuments(names, pieces), 'matching');

    const parameters = parametersOf(deployment);
    const whole = parseConfig(joinDocuments([...parameters.keys()], parameters));
    const matched = ({ fleets }: typeof whole) =>
      fleets.map(({ name, labels, priority, scope, owners, ephemeral, idleConfig, poolConfig, poolScope }) => ({
        ...{ name, labels, priority, scope, owners, ephemeral, idleConfig, poolConfig, poolScope },
      }));
    expect(matched(matching)).toEqual(matched(whole));
    expect(matching.repositoryAllowList).toEqual(whole.repositoryAllowList);
    expect(matching.forge.apps).toEqual([]);
  });
});

test('Terraform writes every field that there is', () => {
  // Files are read on one machine alone, and `app` is another way to write `apps`.
  const elsewhere = /File$|^forge\.app$|^forge\.app\.id$|^compute\.command$|^fleets\.\*\.zones$/;
  const deployment = JSON.parse(read('several/deployment.json')) as object;
  const fleet = JSON.parse(read('several/fleets/every-field.json')) as object;
  const written = JSON.stringify({ ...deployment, fleets: { 'every-field': fleet } });
  const missing = configFields.filter((field) => {
    const name = field.split('.').at(-1)?.replace('[]', '');
    return !elsewhere.test(field) && !written.includes(`"${name}":`);
  });
  expect(missing).toEqual([]);
});
