import { expect, test } from '@jest/globals';
import { version } from '../../src/core/version.ts';
import { textOf } from './hcl-blocks.ts';
import { knownInputs, knownOutputs } from './known-inputs.ts';
import { documented, fleetFields, modules, outputsOf, readInRoot, variablesOf } from './module-tables.ts';

const everywhere = ['', ...modules];
const migrating = readInRoot('docs/migrating.md');
/** The names that stand in backquotes in the first column of its tables. */
const explained = new Set(
  [...migrating.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([a-z0-9_]+)`/g)].map(([, name = '']) => name),
  ),
);

test.each(everywhere)('every input of %s has a description and a type', (module) => {
  const bare = variablesOf(module).filter(
    ({ attributes }) => textOf(attributes.get('description')).length < 10 || !attributes.has('type'),
  );
  expect(bare.map(({ name }) => name)).toEqual([]);
});

test.each(everywhere)('every output of %s has a description', (module) => {
  const bare = outputsOf(module).filter(({ attributes }) => textOf(attributes.get('description')).length < 10);
  expect(bare.map(({ name }) => name)).toEqual([]);
});

test('an input that is null by default says what null means', () => {
  const silent = variablesOf('').filter(
    ({ attributes }) =>
      attributes.get('default') === 'null' && !/\bnull[:,]/.test(textOf(attributes.get('description'))),
  );
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test('an input with a default of its own cannot be null', () => {
  const nullable = variablesOf('').filter(
    ({ attributes }) => attributes.get('default') !== 'null' && attributes.get('nullable') !== 'false',
  );
  expect(nullable.map(({ name }) => name)).toEqual([]);
});

test('every field of a fleet is an input for all fleets', () => {
  const inputs = new Set(variablesOf('').map(({ name }) => name));
  expect(fleetFields().size).toBeGreaterThan(50);
  expect([...fleetFields()].filter((field) => !inputs.has(field))).toEqual([]);
});

test('fields within a field of a fleet are known by the names that its input has', () => {
  const [, body = ''] = /^ {2}parts_of_fields = \{\n([\s\S]*?)^ {2}\}$/m.exec(readInRoot('main.tf')) ?? [];
  const known = [...body.matchAll(/^ {4}(\w+) += \[(.*)\]$/gm)].map(([, field = '', names = '']) => [
    field,
    names.match(/\w+/g),
  ]);
  const partsOf = (type: string): readonly string[] =>
    [...type.replace(/\b(\w+) += /g, '\n$1 = ').matchAll(/^ *(\w+) = /gm)].map(([, name = '']) => name);
  const typed = variablesOf('')
    .filter(({ name, attributes }) => fleetFields().has(name) && /object\(/.test(attributes.get('type') ?? ''))
    .map(({ name, attributes }) => [name, partsOf(attributes.get('type') ?? '')]);
  expect(Object.fromEntries(known)).toEqual(Object.fromEntries(typed));
});

test('every input that people know is accepted, or explained', () => {
  const inputs = new Set(variablesOf('').map(({ name }) => name));
  expect(knownInputs).toHaveLength(79);
  expect(knownInputs.filter((name) => !inputs.has(name) && !explained.has(name))).toEqual([]);
});

test('every output that people know is there, or explained', () => {
  const outputs = new Set(outputsOf('').map(({ name }) => name));
  expect(knownOutputs.filter((name) => !outputs.has(name) && !explained.has(name))).toEqual([]);
});

test('the page of the migration tells no input to be missing that is there', () => {
  const inputs = new Set(variablesOf('').map(({ name }) => name));
  const [instead = ''] = migrating.split('## What is written in another way');
  const missing = [...instead.matchAll(/^\| `([a-z0-9_]+)` \|/gm)].map(([, name = '']) => name);
  expect(missing.filter((name) => inputs.has(name))).toEqual([]);
});

test('the tables of inputs and outputs are true', () => {
  const stale = [...documented()].filter(([path, text]) => readInRoot(path) !== text).map(([path]) => path);
  // To mend them: `node scripts/terraform-docs.js`, in lambdas.
  expect(stale).toEqual([]);
});

test('the module and its functions are of one version', () => {
  expect(/^ {2}version = "([^"]+)"$/m.exec(readInRoot('main.tf'))?.[1]).toBe(version);
});
