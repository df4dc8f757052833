import * as v from 'valibot';
import { at, isObject, limit, list, oneOf, section, text, whole } from './config-schema-fields.ts';
import { fleetEntries, idleWindowEntries, ownerName, poolTickEntries } from './config-schema-fleet.ts';

const file = text(/\S/, 'the name of a file');

const forgeUrl = v.pipe(
  v.custom<string>(
    (value) => typeof value === 'string' && isOrigin(value),
    'must be a web address without path and password, such as https://github.com',
  ),
  v.transform((value) => new URL(value).origin),
);

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  const bare = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return /^https?:$/.test(url.protocol) && url.pathname === '/' && bare;
}

const appEntries = { id: whole(1, Number.MAX_SAFE_INTEGER, ' without quotes'), privateKeyFile: file };

const app = section(appEntries);

const forgeEntries = {
  kind: oneOf('github'),
  url: v.optional(forgeUrl, 'https://github.com'),
  app: v.optional(app),
  apps: v.optional(
    v.pipe(
      list(app, 1, 100, '1 to 100 Apps'),
      v.checkItems(
        ({ id }, place, all) => all.findIndex((other) => other.id === id) === place,
        'is an App named above',
      ),
    ),
  ),
  webhookSecretFile: file,
  previousWebhookSecretFile: v.optional(file),
};

const forge = v.pipe(
  section(forgeEntries),
  v.rawCheck(({ dataset, addIssue }) => {
    const input = dataset.value;
    if (!isObject(input)) return;
    if (input.app !== undefined && input.apps !== undefined) {
      addIssue({ message: 'cannot stand beside apps: move it into that list', path: at(input, 'app') });
    }
    if (input.app === undefined && input.apps === undefined) {
      addIssue({ message: `is missing: it ${app.message}`, path: at(input, 'app') });
    }
  }),
);

const computeEntries = {
  kind: oneOf('process'),
  command: list(text(/\S/, 'a text that is not blank'), 1, 1000, 'texts: a command and its arguments'),
};

const deploymentEntries = {
  prefix: v.optional(text(/^[a-z][a-z0-9-]{0,31}$/, '1 to 32 of a-z, 0-9 and -, the first a letter'), 'ci'),
  forge,
  compute: section(computeEntries),
  runnersMaximumCount: v.optional(limit(''), -1),
  repositoryAllowList: v.optional(list(ownerName, 0, 10_000, 'owners and repositories'), []),
  /** Each is read by itself, so that its name stands in its problems and no name is lost. */
  fleets: v.custom<Readonly<Record<string, unknown>>>(
    (value) => isObject(value) && Object.keys(value).length > 0,
    'must be an object with at least one fleet, by name',
  ),
};

export const deploymentSchema = section(deploymentEntries);

export type DeploymentInput = v.InferOutput<typeof deploymentSchema>;

const under = (path: string, entries: object): readonly string[] => Object.keys(entries).map((key) => `${path}.${key}`);

/** Every field that may be written, for the documentation's test. */
export const configFields: readonly string[] = [
  ...Object.keys(deploymentEntries),
  ...under('forge', forgeEntries),
  ...under('forge.app', appEntries),
  ...under('compute', computeEntries),
  ...under('fleets.*', fleetEntries),
  ...under('fleets.*.idleConfig[]', idleWindowEntries),
  ...under('fleets.*.poolConfig[]', poolTickEntries),
];
