import * as v from 'valibot';
import { parameter } from './config-schema-aws.ts';
import { list, oneOf, section, text, whole } from './config-schema-fields.ts';

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

/** Which of two fields that say the same in two ways is needed, is known to `forge-problems.ts`. */
export const appEntries = {
  id: v.optional(whole(1, Number.MAX_SAFE_INTEGER, ' without quotes')),
  idParameter: v.optional(parameter),
  privateKeyFile: v.optional(file),
  privateKeyParameter: v.optional(parameter),
};

const app = section(appEntries);

export const forgeEntries = {
  kind: oneOf('github'),
  url: v.optional(forgeUrl, 'https://github.com'),
  app: v.optional(app),
  apps: v.optional(list(app, 1, 100, '1 to 100 Apps')),
  webhookSecretFile: v.optional(file),
  webhookSecretParameter: v.optional(parameter),
  previousWebhookSecretFile: v.optional(file),
  previousWebhookSecretParameter: v.optional(parameter),
};

export const forge = section(forgeEntries);

export type ForgeInput = v.InferOutput<v.ObjectSchema<typeof forgeEntries, undefined>>;
export type AppInput = v.InferOutput<v.ObjectSchema<typeof appEntries, undefined>>;
