import { importRules, mayImport } from './import-rules.ts';
import type { SourceFile } from './source-file.ts';

export interface Rule {
  readonly name: string;
  readonly sentence: string;
  /** What breaks it, each as `file: what`. */
  breaches(files: readonly SourceFile[]): readonly string[];
}

const linesLimit = 200;
const nothingNames = /^(utils?|helpers?|common|shared|misc|managers?|services?|types|index)$/;
const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.(ts|js)$/;

const ofEach =
  (whatOf: (file: SourceFile) => readonly string[]): Rule['breaches'] =>
  (files) =>
    files.flatMap((file) => whatOf(file).map((what) => `${file.path}: ${what}`));

export const rules: readonly Rule[] = [
  {
    name: 'imports run one way',
    sentence: 'core ← ports ← functions ← (handler | local | simulator) → adapters → ports, core.',
    breaches: ofEach(importBreaches),
  },
  {
    name: 'what runs imports no test',
    sentence: 'Tests, and what only they use, are not there when it is deployed.',
    breaches: ofEach(({ isTest, imports }) =>
      isTest ? [] : imports.filter(({ target }) => /\.test\.ts$|\/testbed\.ts$|^\.\./.test(target)).map(named),
    ),
  },
  {
    name: 'time and chance are parameters',
    sentence: 'Core and functions ask a port, so that a test and the simulator decide what time it is.',
    breaches: ofEach(({ path, isTest, globals }) =>
      isTest ||
      !/^(core|functions)\//.test(path) ||
      /^functions\/aws\/|\/handler\.ts$|^functions\/host\/agent(-[^/]+)?\.ts$/.test(path)
        ? []
        : globals,
    ),
  },
  {
    name: 'a name says something',
    sentence:
      'No file or folder is called utils, helpers, common, manager, service, types or index; each is in kebab-case.',
    breaches: ofEach(({ path }) => nameBreaches(path)),
  },
  {
    name: 'a file is small',
    sentence: `A file that is no test has at most ${linesLimit} lines.`,
    breaches: ofEach(({ isTest, lines }) => (isTest || lines <= linesLimit ? [] : [`${lines} lines`])),
  },
  {
    name: 'folders form no circle',
    sentence: 'Each folder at the top can be read without those that import it.',
    breaches: circlesIn,
  },
];

const named = ({ specifier }: { readonly specifier: string }): string => `imports ${specifier}`;

function importBreaches({ path, isTest, imports }: SourceFile): readonly string[] {
  if (isTest) return [];
  const rule = importRules.find(({ place }) => place.test(path));
  if (rule === undefined) return ['stands where no rule says what it may import'];
  return imports.filter((one) => !mayImport(rule, path, one)).map((one) => `${named(one)}. ${rule.sentence}`);
}

function nameBreaches(path: string): readonly string[] {
  const names = path.split('/');
  return [
    ...names.filter((name) => nothingNames.test(name.split('.')[0] ?? '')).map((name) => `is called ${name}`),
    ...(kebabCase.test(names.at(-1) ?? '') ? [] : ['is not in kebab-case']),
  ];
}

function circlesIn(files: readonly SourceFile[]): readonly string[] {
  const edges = new Map<string, Map<string, string>>();
  for (const { path, imports } of files.filter(({ isTest }) => !isTest)) {
    for (const { kind, target, specifier } of imports) {
      const [from, to] = [topOf(path), topOf(target)];
      if (kind !== 'ours' || from === to) continue;
      const out = edges.get(from) ?? new Map<string, string>();
      edges.set(from, out.set(to, `${path} imports ${specifier}`));
    }
  }
  return [...edges].flatMap(([from, out]) =>
    [...out].filter(([to]) => reaches(edges, to, from)).map(([to, why]) => `${from} → ${to} → … → ${from}: ${why}`),
  );
}

const topOf = (path: string): string => path.split('/')[0] ?? path;

function reaches(edges: ReadonlyMap<string, ReadonlyMap<string, string>>, from: string, to: string): boolean {
  const seen = new Set([from]);
  // The set grows while it is walked.
  for (const folder of seen) for (const next of edges.get(folder)?.keys() ?? []) seen.add(next);
  return seen.has(to);
}
