import type { ForgeApp, ForgeConfig, SecretSource } from './config.ts';
import { isObject } from './config-schema-fields.ts';
import type { AppInput, ForgeInput } from './config-schema-forge.ts';
import { problemAt } from './config-schema-reading.ts';

/** On EC2 secrets come from AWS's Parameter Store, elsewhere from files. */
type Store = 'File' | 'Parameter';

const storeOf = (isOnAws: boolean): Store => (isOnAws ? 'Parameter' : 'File');
const otherStore: Readonly<Record<Store, Store>> = { File: 'Parameter', Parameter: 'File' };
const wordsOf: Readonly<Record<Store, string>> = {
  File: 'the name of a file',
  Parameter: 'the name of a parameter, such as /ci/webhook-secret',
};

/** What stands under `forge` as it was written, where its fields exclude or need each other. */
export function forgeProblems(input: unknown, isOnAws: boolean, needsApps: boolean): readonly string[] {
  if (!isObject(input)) return [];
  const store = storeOf(isOnAws);
  const { app, apps } = input;
  const listed = Array.isArray(apps) ? apps : [];
  return [
    ...secretProblems(input, ['forge'], 'webhookSecret', store, true),
    ...secretProblems(input, ['forge'], 'previousWebhookSecret', store, false),
    ...(app !== undefined && apps !== undefined
      ? [problem('app', 'cannot stand beside apps: move it into that list')]
      : []),
    ...(needsApps && app === undefined && apps === undefined ? [problem('app', missingApp)] : []),
    ...(app === undefined ? [] : appProblems(app, ['forge', 'app'], store)),
    ...listed.flatMap((one, place) => appProblems(one, ['forge', 'apps', place], store)),
    ...listed.flatMap((one, place) =>
      nameOf(one) !== undefined && listed.findIndex((other) => nameOf(other) === nameOf(one)) < place
        ? [problemAt(['forge', 'apps', place], 'is an App named above')]
        : [],
    ),
  ];
}

const problem = (field: string, sentence: string): string => problemAt(['forge', field], sentence);

const missingApp = 'is missing: it must be an object with the id and the private key of a GitHub App';

const nameOf = (app: unknown): unknown => (isObject(app) ? (app.id ?? app.idParameter) : undefined);

function appProblems(app: unknown, path: readonly unknown[], store: Store): readonly string[] {
  if (!isObject(app)) return [];
  const at = (field: string, sentence: string): string => problemAt([...path, field], sentence);
  const both = app.id !== undefined && app.idParameter !== undefined;
  return [
    ...(both ? [at('idParameter', 'cannot stand beside id: write one of them')] : []),
    ...(app.id === undefined && app.idParameter === undefined ? [at('id', 'is missing: it must be a number')] : []),
    ...(store === 'File' && app.idParameter !== undefined && !both
      ? [at('idParameter', 'is read on AWS alone: write id')]
      : []),
    ...secretProblems(app, path, 'privateKey', store, true),
  ];
}

function secretProblems(
  input: Readonly<Record<string, unknown>>,
  path: readonly unknown[],
  name: string,
  store: Store,
  isNeeded: boolean,
): readonly string[] {
  const wrong = `${name}${otherStore[store]}`;
  const right = `${name}${store}`;
  const place = store === 'File' ? 'on AWS alone' : 'on one machine alone, and compute.kind is ec2';
  return [
    ...(input[wrong] === undefined ? [] : [problemAt([...path, wrong], `is read ${place}: write ${right}`)]),
    ...(isNeeded && input[right] === undefined && input[wrong] === undefined
      ? [problemAt([...path, right], `is missing: it must be ${wordsOf[store]}`)]
      : []),
  ];
}

/** Of an input without problems. */
export function forgeOf(input: ForgeInput, isOnAws: boolean): ForgeConfig {
  const { kind, url, app, apps } = input;
  const store = storeOf(isOnAws);
  const secret = sourceOf(store, input.webhookSecretFile, input.webhookSecretParameter);
  const previous = sourceOf(store, input.previousWebhookSecretFile, input.previousWebhookSecretParameter);
  return {
    kind,
    url,
    apps: (apps ?? (app ? [app] : [])).map((one) => appOf(one, store)),
    webhookSecret: secret as SecretSource,
    ...(previous === undefined ? {} : { previousWebhookSecret: previous }),
  };
}

const appOf = ({ id, idParameter = '', privateKeyFile, privateKeyParameter }: AppInput, store: Store): ForgeApp => ({
  id: id ?? { parameter: idParameter },
  privateKey: sourceOf(store, privateKeyFile, privateKeyParameter) as SecretSource,
});

function sourceOf(store: Store, file: string | undefined, parameter: string | undefined): SecretSource | undefined {
  const name = store === 'File' ? file : parameter;
  if (name === undefined) return undefined;
  return store === 'File' ? { file: name } : { parameter: name };
}
