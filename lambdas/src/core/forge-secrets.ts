import type { ForgeConfig, SecretSource } from './config.ts';
import { ConfigError } from './errors.ts';

/** Says what stands in a secret's place. */
export type ReadSecret = (source: SecretSource) => string;

/** The current one, and during a rotation the previous one too. */
export const webhookSecretsOf = (forge: ForgeConfig, read: ReadSecret): readonly string[] =>
  [forge.webhookSecret, forge.previousWebhookSecret].filter((source) => source !== undefined).map(read);

/** Every App with what it proves itself with. */
export const forgeAppsOf = (
  { apps }: ForgeConfig,
  read: ReadSecret,
): readonly { readonly id: number; readonly privateKey: string }[] =>
  apps.map(({ id, privateKey }) => ({
    id: typeof id === 'number' ? id : appIdIn(id.parameter, read(id)),
    privateKey: privateKeyIn(read(privateKey)),
  }));

function appIdIn(parameter: string, text: string): number {
  if (!/^[1-9]\d{0,15}$/.test(text.trim())) {
    throw new ConfigError([`the parameter ${parameter} must hold the number of a GitHub App, and nothing else`]);
  }
  return Number(text);
}

/** People store a key as it is, or in base64, because it has line breaks that forms and shells spoil. */
function privateKeyIn(text: string): string {
  if (text.includes('-----BEGIN')) return text;
  const compact = text.replace(/\s/g, '');
  return /^LS0tLS1CRUdJTi[\w+/=]+$/.test(compact) ? plainOf(compact) : text;
}

const plainOf = (base64: string): string =>
  new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
