import { ConfigError } from './errors.ts';

/**
 * Makes one configuration of the parameters that hold it. The first name says which: `…/webhook/matchers-0` is one text in
 * pieces; anything else is a deployment, whose fleets stand beside it as `…/fleets/<fleet>`. Other names are secrets.
 */
export function joinDocuments(names: readonly string[], values: ReadonlyMap<string, string>): unknown {
  const [first] = names;
  if (first === undefined) {
    throw new ConfigError(['CONFIG_PARAMETERS is empty: it must name the parameters that hold the configuration']);
  }
  const [, pieces] = /^(.*\/webhook\/matchers-)0$/.exec(first) ?? [];
  if (pieces !== undefined) return parsed(first, textOf(piecesOf(pieces, names), values));
  const folder = first.replace(/[^/]*$/, 'fleets/');
  const fleets = names.filter((name) => name.startsWith(folder));
  return {
    ...Object(parsed(first, textOf([first], values))),
    fleets: Object.fromEntries(fleets.map((name) => [name.slice(folder.length), parsed(name, textOf([name], values))])),
  };
}

const piecesOf = (start: string, names: readonly string[]): readonly string[] =>
  names
    .filter((name) => name.startsWith(start))
    .sort((one, other) => Number(one.slice(start.length)) - Number(other.slice(start.length)));

const textOf = (names: readonly string[], values: ReadonlyMap<string, string>): string =>
  names.map((name) => values.get(name) ?? '').join('');

/** The parser's own words would quote what stands there, which may be a secret in the wrong place. */
function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ConfigError([`the parameter ${name} holds no JSON: apply the module again`]);
  }
}
