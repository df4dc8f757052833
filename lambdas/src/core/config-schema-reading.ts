import * as v from 'valibot';
import { isObject } from './config-schema-fields.ts';

/** A section as far as it could be read. What a bad field holds in `value` means nothing. */
export interface Reading<Value> {
  readonly value: Value;
  readonly isBad: (field: string) => boolean;
  readonly problems: readonly string[];
}

type Path = readonly unknown[];

/** Reads what stands at `path`, and puts every issue into words. */
export function readSection<Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
  path: Path,
): Reading<v.InferOutput<Schema>> {
  const { issues = [], output } = v.safeParse(schema, input);
  const paths = issues.map((issue): Path => issue.path?.map(({ key }) => key) ?? []);
  const bad = new Set(paths.map(([field]) => field));
  return {
    value: output as v.InferOutput<Schema>,
    // An issue without path is about the whole of it.
    isBad: (field) => bad.has(undefined) || bad.has(field),
    problems: issues.map((issue, place) => problemAt([...path, ...(paths[place] ?? [])], issue.message)),
  };
}

/** `fleets.linux-x64.idleConfig[0].cron: A schedule cannot be empty.` */
export function problemAt(path: Path, sentence: string): string {
  const place = path.map(step).join('').replace(/^\./, '');
  return `${place || 'The configuration'}${place ? ':' : ''} ${sentence}${/[.?]$/.test(sentence) ? '' : '.'}`;
}

function step(key: unknown): string {
  if (typeof key === 'number') return `[${key}]`;
  return /^[\w-]+$/.test(String(key)) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** Deeper than any configuration. */
const depthLimit = 8;

/** Names that every object has, such as `__proto__`: the schemas would pass over them in silence. */
export function reservedNames(input: unknown, path: Path): readonly string[] {
  if (input === null || typeof input !== 'object' || path.length > depthLimit) return [];
  if (Array.isArray(input)) return input.flatMap((item, place) => reservedNames(item, [...path, place]));
  return Object.entries(input).flatMap(([key, value]) => {
    const here = [...path, key];
    const reserved = key in {} || key === 'prototype';
    return reserved ? [problemAt(here, 'is a reserved name; choose another')] : reservedNames(value, here);
  });
}

/** What stands under a name, where there is an object to look in. */
export const sectionOf = (input: unknown, name: string): Readonly<Record<string, unknown>> => {
  const found = isObject(input) ? input[name] : undefined;
  return isObject(found) ? found : {};
};
