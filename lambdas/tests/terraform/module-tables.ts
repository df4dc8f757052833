import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { blocksOf, type HclBlock, textOf } from './hcl-blocks.ts';

const root = new URL('../../../', import.meta.url);
export const readInRoot = (path: string): string => readFileSync(new URL(path, root), 'utf8');
export const inRoot = (path: string): URL => new URL(path, root);

export const modules: readonly string[] = readdirSync(inRoot('modules'))
  .filter((name) => existsSync(inRoot(`modules/${name}/variables.tf`)))
  .map((name) => `modules/${name}/`);

export const variablesOf = (module: string): readonly HclBlock[] =>
  blocksOf('variable', readInRoot(`${module}variables.tf`));
export const outputsOf = (module: string): readonly HclBlock[] => blocksOf('output', readInRoot(`${module}outputs.tf`));

/** What every fleet may override: the fields of the object that the root module lays before each. */
export function fleetFields(): ReadonlySet<string> {
  const [, body = ''] = /^ {2}defaults = \{\n([\s\S]*?)^ {2}\}$/m.exec(readInRoot('main.tf')) ?? [];
  return new Set([...body.matchAll(/^ {4}(\w+) +=/gm)].map(([, name = '']) => name));
}

const begin = '<!-- Written by lambdas/scripts/terraform-docs.js: change the .tf files instead. -->';

/** By path: each file with tables, as it ought to be. */
export function documented(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const module of modules) {
    const inputs = `## Inputs\n\n${inputTable(variablesOf(module))}`;
    files.set(`${module}README.md`, withTables(`${module}README.md`, [inputs, outputSection(module)]));
  }
  const fields = fleetFields();
  const all = variablesOf('');
  const ofFleets = `## Inputs of a fleet\n\n${inputTable(all.filter(({ name }) => fields.has(name)))}`;
  const ofAll = `## Inputs of the deployment\n\n${inputTable(all.filter(({ name }) => !fields.has(name)))}`;
  files.set('docs/inputs.md', withTables('docs/inputs.md', [ofAll, ofFleets, outputSection('')]));
  return files;
}

const withTables = (path: string, sections: readonly string[]): string =>
  `${[readInRoot(path).split(begin)[0]?.trimEnd(), begin, ...sections].join('\n\n')}\n`;

const outputSection = (module: string): string => {
  const rows = outputsOf(module).map(
    ({ name, attributes }) => `| \`${name}\` | ${cell(attributes.get('description'))} |`,
  );
  return ['## Outputs', '', '| Output | What it is |', '|---|---|', ...rows].join('\n');
};

const inputTable = (variables: readonly HclBlock[]): string => {
  const rows = variables.map(({ name, attributes }) => {
    const columns = [`\`${name}\``, typeOf(attributes.get('type')), defaultOf(attributes.get('default'))];
    return `| ${columns.join(' | ')} | ${cell(attributes.get('description'))} |`;
  });
  return ['| Input | Type | Default | What it is |', '|---|---|---|---|', ...rows].join('\n');
};

const cell = (value: string | undefined): string =>
  textOf(value)
    .replaceAll('|', '\\|')
    .replace(/\n {2}\* /g, '<br>• ')
    .replaceAll('\n', '<br>');

/** An object's fields are told in its description. */
const typeOf = (type = 'any'): string => `\`${type.replace(/\{[\s\S]*\}/, '{…}')}\``;

const lengthLimit = 60;

function defaultOf(value: string | undefined): string {
  if (value === undefined) return 'required';
  const line = value.replace(/\s+/g, ' ');
  return line.length <= lengthLimit ? `\`${line}\`` : 'several fields';
}
