import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { corrections } from './corrections.ts';
import type { Description, Operation, Parameter, Reference } from './description.ts';
import { type OpenApiSchema, standaloneSchema } from './json-schema.ts';

export interface RequestParts {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What GitHub's own description says about requests, responses and webhooks. Each answer is a list of violations. */
export interface Validator {
  describes(method: string, template: string): boolean;
  request(method: string, template: string, parts: RequestParts): readonly string[];
  response(method: string, template: string, status: number, body: unknown): readonly string[];
  webhook(name: string, payload: unknown): readonly string[];
}

type Check = (value: unknown) => readonly string[];

/** Schemas are compiled when they are first needed: there are thousands, and a run needs a few dozen. */
export function validator(description: Description): Validator {
  const { components, paths } = description;
  const compile = compiler(components.schemas);
  const operationOf = (method: string, template: string): Operation | undefined =>
    paths[template]?.[method.toLowerCase()];

  return {
    describes: (method, template) => operationOf(method, template) !== undefined,
    request(method, template, { path, query, body }) {
      const operation = operationOf(method, template);
      const key = `${method} ${template}`;
      const parameters = (operation?.parameters ?? []).map((entry) => resolve(entry, components.parameters));
      const wanted = operation?.requestBody;
      const schema = wanted?.content['application/json']?.schema;
      const missing = wanted?.required === true && body === undefined ? ['body is missing'] : [];
      return [
        ...compile(`${key} path`, parametersSchema(parameters, 'path'), true)({ ...path }),
        ...compile(`${key} query`, parametersSchema(parameters, 'query'), true)({ ...query }),
        ...missing,
        ...(schema && body !== undefined ? compile(`${key} body`, schema)(body) : []),
      ];
    },
    response(method, template, status, body) {
      const key = `${method} ${template} ${status}`;
      const entry = operationOf(method, template)?.responses[status];
      // Not every error that GitHub gives is in its description.
      if (!entry) return status >= 400 ? [] : [`${key}: the description has no such answer`];
      const schema = resolve(entry, components.responses).content?.['application/json']?.schema;
      if (schema) return compile(key, corrections[key] ?? schema)(body).map((violation) => `${key}: ${violation}`);
      return body === undefined || status >= 400 ? [] : [`${key}: the description has no body`];
    },
    webhook(name, payload) {
      const schema = description['x-webhooks'][name]?.post?.requestBody?.content['application/json']?.schema;
      if (!schema) return [`${name}: the description has no such webhook`];
      return compile(name, schema)(payload).map((violation) => `${name}: ${violation}`);
    },
  };
}

function compiler(
  shared: Readonly<Record<string, OpenApiSchema>>,
): (key: string, schema: OpenApiSchema, coerced?: boolean) => Check {
  const options = { strict: false, allErrors: true, logger: false } as const;
  const strictTypes = new Ajv(options);
  // Paths and queries are text, also where a number is meant.
  const fromText = new Ajv({ ...options, coerceTypes: true });
  for (const ajv of [strictTypes, fromText]) formats.default(ajv);

  const compiled = new Map<string, ValidateFunction>();
  return (key, schema, coerced = false) => {
    const check = compiled.get(key) ?? (coerced ? fromText : strictTypes).compile(standaloneSchema(schema, shared));
    compiled.set(key, check);
    return (value) => (check(value) ? [] : (check.errors ?? []).map(wordsOf));
  };
}

function parametersSchema(parameters: readonly Parameter[], place: Parameter['in']): OpenApiSchema {
  const own = parameters.filter((parameter) => parameter.in === place);
  return {
    type: 'object',
    properties: Object.fromEntries(own.map(({ name, schema }) => [name, schema])),
    required: own.filter(({ required }) => required).map(({ name }) => name),
  };
}

function resolve<Entry extends object>(entry: Entry | Reference, shared: Readonly<Record<string, Entry>>): Entry {
  if (!('$ref' in entry)) return entry;
  const found = shared[entry.$ref.slice(entry.$ref.lastIndexOf('/') + 1)];
  if (!found) throw new Error(`The description refers to ${entry.$ref}, and does not have it.`);
  return found;
}

const wordsOf = ({ instancePath, message }: ErrorObject): string =>
  `${instancePath.slice(1).replaceAll('/', '.')} ${message ?? 'is invalid'}`.trim();
