/** A schema as OpenAPI 3.0 writes it. */
export type OpenApiSchema = { readonly [key: string]: unknown };
export type JsonSchema = { [key: string]: unknown };

export interface Converted {
  readonly schema: JsonSchema;
  /** Names of the shared schemas that it refers to. */
  readonly refers: ReadonlySet<string>;
}

const sharedPrefix = '#/components/schemas/';
/** Words about a schema that say nothing about a value. */
const silent = new Set([
  'nullable',
  'example',
  'examples',
  'description',
  'title',
  'externalDocs',
  'deprecated',
  'xml',
]);

/** OpenAPI 3.0's dialect as JSON schema: `nullable` becomes a type, shared schemas become `$defs`. */
export function jsonSchemaOf(source: OpenApiSchema): Converted {
  const refers = new Set<string>();
  const convert = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(convert);
    if (typeof value !== 'object' || value === null) return value;
    return convertSchema(value as OpenApiSchema);
  };
  const convertSchema = (schema: OpenApiSchema): JsonSchema => {
    if (typeof schema.$ref === 'string') {
      const name = schema.$ref.slice(sharedPrefix.length);
      refers.add(name);
      return { $ref: `#/$defs/${name}` };
    }
    const kept = Object.entries(schema).filter(([key]) => !silent.has(key));
    const converted = Object.fromEntries(kept.map(([key, value]) => [key, convertKeyword(key, value)]));
    return schema.nullable === true ? { anyOf: [{ type: 'null' }, converted] } : converted;
  };
  // A property may bear the name of a keyword, `description` for one, so a map of properties is no schema itself.
  const convertKeyword = (key: string, value: unknown): unknown => {
    if (key !== 'properties') return ['enum', 'default', 'required'].includes(key) ? value : convert(value);
    return Object.fromEntries(Object.entries(value as OpenApiSchema).map(([name, entry]) => [name, convert(entry)]));
  };
  return { schema: convertSchema(source), refers };
}

/** The schema with everything that it refers to, directly or not, so that it stands alone. */
export function standaloneSchema(source: OpenApiSchema, shared: Readonly<Record<string, OpenApiSchema>>): JsonSchema {
  const root = jsonSchemaOf(source);
  const defs: Record<string, JsonSchema> = {};
  const open = [...root.refers];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const found = shared[name];
    if (!found || name in defs) continue;
    const converted = jsonSchemaOf(found);
    defs[name] = converted.schema;
    open.push(...converted.refers);
  }
  return { ...root.schema, $defs: defs };
}
