import { type ParameterType, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Engine } from '../../engine/engine.ts';

/** Names of what each function reads at its cold start. */
export interface Documents {
  readonly webhook: readonly string[];
  readonly control: readonly string[];
}

export interface DocumentsInput {
  readonly root: string;
  /** As the parser takes it, but for its fleets and its secrets' names. */
  readonly deployment: Readonly<Record<string, unknown>>;
  readonly forge: Readonly<Record<string, unknown>>;
  readonly appId: number;
  readonly appKey: string;
  readonly webhookSecret: string;
  readonly fleets: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Parameters of the standard tier hold no more. */
const chunkCharacters = 4000;

/** Puts the documents and secrets where the functions look for them. */
export async function putDocuments(engine: Engine, input: DocumentsInput): Promise<Documents> {
  const { url: endpoint, region, credentials } = engine;
  const ssm = new SSMClient({ endpoint, region, credentials });
  const put = async (name: string, value: string, type: ParameterType = 'String'): Promise<string> => {
    const full = `${input.root}/${name}`;
    await ssm.send(new PutParameterCommand({ Name: full, Value: value, Type: type, Overwrite: true }));
    return full;
  };
  const key = await put('app/github_app_key_base64', Buffer.from(input.appKey).toString('base64'), 'SecureString');
  const secret = await put('app/github_app_webhook_secret', input.webhookSecret, 'SecureString');
  const forge = {
    ...input.forge,
    apps: [{ id: input.appId, privateKeyParameter: key }],
    webhookSecretParameter: secret,
  };
  const deployment = { ...input.deployment, forge };
  const document = await put('config/deployment', JSON.stringify(deployment));
  const fleets = Object.entries(input.fleets);
  const named = await Promise.all(fleets.map(([name, fleet]) => put(`config/fleets/${name}`, JSON.stringify(fleet))));

  const matchers = chunksOf(JSON.stringify({ ...deployment, fleets: input.fleets }));
  const chunks = await Promise.all(matchers.map((chunk, number) => put(`webhook/matchers-${number}`, chunk)));
  return { webhook: [...chunks, secret], control: [document, ...named, key, secret] };
}

function chunksOf(text: string): readonly string[] {
  const count = Math.ceil(text.length / chunkCharacters);
  return Array.from({ length: count }, (_, place) =>
    text.slice(place * chunkCharacters, (place + 1) * chunkCharacters),
  );
}
