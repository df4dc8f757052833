import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { simulateCommand } from '../src/cli/simulate.ts';
import { everyFault } from '../src/simulator/faults/every-fault.ts';
import { exampleConfigFile } from '../src/simulator/plan/example-config.ts';
import { everySometimes } from '../src/simulator/sometimes/every-sometimes.ts';
import { type ProcessFolder, processFolder } from './doubles/processes.ts';
import { programIn } from './local/program.ts';
import { run } from './local/running.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (name: string): string => readFileSync(`${root}${name}`, 'utf8');
const guide = read('docs/simulator.md');

/** The cells of each row of the section's table, without its head. */
const rowsOf = (section: string): readonly (readonly string[])[] =>
  (guide.split(`\n## ${section}\n`)[1]?.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.slice(2, -2).split(' | '));
const codeIn = (cell = ''): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

let folder: ProcessFolder;
let main: string;
beforeAll(() => {
  folder = processFolder();
  main = programIn(folder.path).main;
});
afterAll(() => folder[Symbol.dispose]());

async function simulate(args: readonly string[]): Promise<string> {
  const simulated = run(root, main, ['simulate', ...args]);
  const status = await simulated.ended(120);
  expect({ status, errors: simulated.errors() }).toEqual({ status: 0, errors: '' });
  return simulated.output();
}

test('every fault is described in its own words, and nothing else', () => {
  expect(rowsOf('Faults')).toEqual(everyFault.map(({ name, sentence }) => [`\`${name}\``, sentence]));
});

test('every branch that a campaign must reach is described in its own words, and nothing else', () => {
  expect(rowsOf('Sometimes')).toEqual(everySometimes.map(({ name, sentence }) => [`\`${name}\``, sentence]));
});

test('every option is described, as --help names it', () => {
  const flags = simulateCommand().options.map((option) => option.flags);
  expect(rowsOf('Options').map(([option]) => codeIn(option)[0])).toEqual(flags);
});

/** `a.b` for each figure; what is counted by name, and lists, are one. */
function fieldsOf(figures: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(figures).flatMap(([name, value]) => {
    const isGroup = typeof value === 'object' && !Array.isArray(value) && name !== 'faults' && name !== 'sometimes';
    return isGroup ? Object.keys(Object(value)).map((part) => `${name}.${part}`) : [name];
  });
}

test('every figure is described, and nothing else', async () => {
  const described = rowsOf('Figures').flatMap(([field]) => {
    const names = codeIn(field);
    const [group] = names[0]?.split('.') ?? [];
    return names.map((name) => (name.startsWith('.') ? `${group}${name}` : name));
  });
  expect([...described].sort()).toEqual(
    [...fieldsOf(JSON.parse(await simulate(['--jobs', '2', '--drop-webhooks', '0.5', '--json'])))].sort(),
  );
});

test('the example is the one that is simulated', () => {
  const [, example = ''] = /```json\n(.*?)```/s.exec(guide) ?? [];
  expect(JSON.parse(example)).toEqual(exampleConfigFile);
});

describe('what one can try', () => {
  const commands = [read('README.md'), guide].flatMap((text) =>
    [...text.matchAll(/^make simulate(?: ARGS="(.*)")?$/gm)].map(([command, args = '']) => ({ command, args })),
  );

  test('is there', () => {
    expect(commands.length).toBeGreaterThanOrEqual(6);
    for (const target of ['simulate', 'campaign']) expect(read('Makefile')).toContain(`\n${target}: `);
  });

  test.each(commands)('$command', async ({ args }) => {
    // The report goes where it is in nobody's way.
    const words = args.split(' ').filter((word) => word !== '');
    const output = await simulate(words.map((word) => (word === 'report.html' ? `${folder.path}/${word}` : word)));
    expect(output).not.toBe('');
    if (words.includes('report.html')) {
      expect(readFileSync(`${folder.path}/report.html`, 'utf8')).toMatch(/^<!doctype html>/);
    }
  });
});
