import * as v from 'valibot';
import { ConfigError } from './errors.ts';
import { nearestName } from './nearest.ts';

/** Kinds of field. Each says what to write, in words that go on after its path: "must be …". */

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

export const whole = (least: number, most: number, meaning = '') =>
  v.custom<number>(
    (value) => Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most,
    `must be a whole number from ${least} to ${most}${meaning}`,
  );

/** More machines than any account may have; a larger number is a slip. */
const countLimit = 100_000;

export const limit = (meaning: string) => whole(-1, countLimit, ` (-1: no limit${meaning})`);

export const count = whole(0, countLimit);

export const text = (pattern: RegExp, words: string) =>
  v.custom<string>((value) => typeof value === 'string' && pattern.test(value), `must be ${words}`);

export const flag = v.boolean('must be true or false');

export const oneOf = <const Options extends readonly string[]>(...options: Options) =>
  v.picklist(options, `must be ${options.map((option) => JSON.stringify(option)).join(' or ')}`);

export const list = <Item extends v.GenericSchema>(item: Item, least: number, most: number, words: string) => {
  const message = `must be a list of ${words}`;
  return v.pipe(v.array(item, message), v.minLength(least, message), v.maxLength(most, message));
};

/** For lists of names whose case does not count. */
export const distinct = v.rawCheck<string[]>(({ dataset, addIssue }) => {
  const input: readonly unknown[] = Array.isArray(dataset.value) ? dataset.value : [];
  const names = input.map((name) => String(name).toLowerCase());
  for (const [key, value] of input.entries()) {
    if (names.indexOf(names[key] ?? '') === key) continue;
    const message = 'stands there twice: write it once, in any case';
    addIssue({ message, path: [{ type: 'array', origin: 'value', input: [...input], key, value }] });
  }
});

/** A text that something else reads, and refuses with a `ConfigError`. */
export const readBy = (read: (value: string) => unknown, words: string) =>
  v.pipe(
    v.string(`must be ${words}`),
    v.rawCheck(({ dataset, addIssue }) => {
      const refusal = dataset.typed ? refusalOf(read, dataset.value) : undefined;
      if (refusal) addIssue({ message: refusal });
    }),
  );

function refusalOf(read: (value: string) => unknown, value: string): string | undefined {
  try {
    read(value);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.problems.join(' ');
    throw thrown;
  }
}

/** An object with these fields and no others. Unlike the library's strict one it names every unknown field. */
export function section<const Entries extends v.ObjectEntries>(entries: Entries) {
  const names = Object.keys(entries);
  return v.pipe(
    v.custom<Readonly<Record<string, unknown>>>(isObject, `must be an object with the fields ${names.join(', ')}`),
    v.looseObject(entries, (issue) => `is missing${hintOf(entries[String(issue.path?.at(-1)?.key)])}`),
    v.rawCheck(({ dataset, addIssue }) => {
      const input = isObject(dataset.value) ? dataset.value : {};
      for (const key of Object.keys(input).filter((name) => !Object.hasOwn(entries, name))) {
        addIssue({ message: unknownField(key, names), path: at(input, key) });
      }
    }),
  );
}

export const at = (input: Readonly<Record<string, unknown>>, key: string): [v.ObjectPathItem] => [
  { type: 'object', origin: 'value', input, key, value: input[key] },
];

const hintOf = (entry: object | undefined): string =>
  entry && 'message' in entry && typeof entry.message === 'string' ? `: it ${entry.message}` : '';

function unknownField(key: string, names: readonly string[]): string {
  const meant = nearestName(key, names);
  return meant ? `is no field; did you mean ${meant}?` : `is no field; there are ${names.join(', ')}`;
}
