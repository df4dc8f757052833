import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { OpenApiSchema } from './json-schema.ts';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: OpenApiSchema;
}

type Content = { readonly 'application/json'?: { readonly schema: OpenApiSchema } };

export interface Operation {
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content } | Reference>>;
}

export interface Reference {
  readonly $ref: string;
}

type Methods = Readonly<Record<string, Operation>>;

/** The parts of GitHub's own OpenAPI description that we read. */
export interface Description {
  readonly paths: Readonly<Record<string, Methods>>;
  readonly 'x-webhooks': Readonly<Record<string, Methods>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, OpenApiSchema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
  };
}

/**
 * Enterprise Cloud's description: it has every path of api.github.com that the fake serves, and those for enterprises
 * beside.
 */
export function readDescription(): Description {
  const file = createRequire(import.meta.url).resolve('@octokit/openapi/generated/ghec.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Description;
}
