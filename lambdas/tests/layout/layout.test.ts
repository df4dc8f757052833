import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { importRules } from './import-rules.ts';
import { rules } from './layout-rules.ts';
import { type SourceFile, sourceFile } from './source-file.ts';

const src = new URL('../../src/', import.meta.url);
const files: readonly SourceFile[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|js)$/.test(path))
  .map((path) => sourceFile(path, readFileSync(new URL(path, src), 'utf8')));

const breachesOf = (rule: string, all: readonly SourceFile[]): readonly string[] =>
  rules.find(({ name }) => name === rule)?.breaches(all) ?? ['no such rule'];

test.each(rules)('$name', ({ name, sentence }) => {
  const breaches = breachesOf(name, files);
  // The sentence stands in the failure, beside the files.
  expect({ sentence, breaches }).toEqual({ sentence, breaches: [] });
});

test('the rules were held against the whole tree', () => {
  const places = importRules.filter(({ place }) => files.some(({ path }) => place.test(path)));
  expect(places.length).toBeGreaterThanOrEqual(7);
  expect(files.length).toBeGreaterThan(200);
  expect(files.flatMap(({ imports }) => imports).length).toBeGreaterThan(500);
});

/** What breaks a rule: the rule, the file, its text, and what the report says of it. */
const mutations: readonly (readonly [rule: string, path: string, text: string, report: string])[] = [
  ['imports run one way', 'core/x.ts', "import { a } from '../ports/clock.ts';", 'imports ../ports/clock.ts'],
  ['imports run one way', 'core/x.ts', "import type { a } from '../ports/clock.ts';", 'imports ../ports/clock.ts'],
  ['imports run one way', 'core/x.ts', "export * from '../functions/world.ts';", 'imports ../functions/world.ts'],
  ['imports run one way', 'core/x.ts', "import 'node:fs';", 'imports node:fs'],
  ['imports run one way', 'core/x.ts', "import fs from 'fs';", 'imports fs'],
  ['imports run one way', 'core/x.ts', "import * as v from 'valibot';", 'imports valibot'],
  ['imports run one way', 'core/cron.ts', "import * as v from 'valibot';", 'imports valibot'],
  ['imports run one way', 'core/config-schema-x.ts', "import 'cron-parser';", 'imports cron-parser'],
  ['imports run one way', 'core/x.ts', "const a: import('../local/stack.ts').Stack = 1;", 'imports ../local/stack.ts'],
  ['imports run one way', 'ports/x.ts', "import '../functions/world.ts';", 'imports ../functions/world.ts'],
  ['imports run one way', 'ports/x.ts', "import 'node:http';", 'imports node:http'],
  ['imports run one way', 'ports/x.ts', "import '@octokit/core';", 'imports @octokit/core'],
  ['imports run one way', 'functions/x.ts', "import '../adapters/queue/memory-queue.ts';", 'imports ../adapters/'],
  ['imports run one way', 'functions/x.ts', "await import('../adapters/log/json-log.ts');", 'imports ../adapters/'],
  ['imports run one way', 'functions/x.ts', 'await import(name);', 'imports <name>'],
  [
    'imports run one way',
    'functions/x.ts',
    "import { setTimeout } from 'node:timers/promises';",
    'imports node:timers',
  ],
  ['imports run one way', 'functions/x.ts', "import 'valibot';", 'imports valibot'],
  ['imports run one way', 'functions/host/handler.ts', "import '../../local/stack.ts';", 'imports ../../local/'],
  ['imports run one way', 'adapters/x.ts', "import '../functions/world.ts';", 'imports ../functions/world.ts'],
  ['imports run one way', 'adapters/x.ts', "import '../local/serve.ts';", 'imports ../local/serve.ts'],
  ['imports run one way', 'adapters/x.ts', "import '../fakes/github/clock.ts';", 'imports ../fakes/'],
  ['imports run one way', 'adapters/queue/x.ts', "import '@octokit/core/types';", 'imports @octokit/core/types'],
  ['imports run one way', 'adapters/x.ts', "import 'commander';", 'imports commander'],
  ['imports run one way', 'adapters/x.ts', "import 'fast-check';", 'imports fast-check'],
  ['imports run one way', 'fakes/x.ts', "import '../adapters/forge/signature.ts';", 'imports ../adapters/'],
  ['imports run one way', 'fakes/x.ts', "import '../ports/clock.ts';", 'imports ../ports/clock.ts'],
  ['imports run one way', 'fakes/github/x.ts', "import 'ajv';", 'imports ajv'],
  ['imports run one way', 'local/x.ts', "import '../cli/start.ts';", 'imports ../cli/start.ts'],
  ['imports run one way', 'local/x.ts', "import 'commander';", 'imports commander'],
  ['imports run one way', 'local/page/x.js', "import '../serve.ts';", 'imports ../serve.ts'],
  ['imports run one way', 'local/page/x.js', "import 'node:fs';", 'imports node:fs'],
  ['imports run one way', 'simulator/x.ts', "import '../local/stack.ts';", 'imports ../local/stack.ts'],
  ['imports run one way', 'simulator/x.ts', "import 'd3-scale';", 'imports d3-scale'],
  ['imports run one way', 'cli/x.ts', "import '../adapters/log/json-log.ts';", 'imports ../adapters/'],
  ['imports run one way', 'cli/x.ts', "const a = require('valibot');", 'imports valibot'],
  ['imports run one way', 'cli/x.ts', "import a = require('valibot');", 'imports valibot'],
  ['imports run one way', 'elsewhere/x.ts', '', 'stands where no rule'],
  ['imports run one way', 'x.ts', '', 'stands where no rule'],
  ['what runs imports no test', 'local/x.ts', "import '../../tests/fleet.ts';", 'imports ../../tests/fleet.ts'],
  ['what runs imports no test', 'core/x.ts', "import './cron.test.ts';", 'imports ./cron.test.ts'],
  ['what runs imports no test', 'fakes/x.ts', "import './github/testbed.ts';", 'imports ./github/testbed.ts'],
  ['time and chance are parameters', 'core/x.ts', 'Date.now();', 'Date.now'],
  ['time and chance are parameters', 'core/x.ts', "Date['now']();", "Date['now']"],
  ['time and chance are parameters', 'core/x.ts', 'const { now } = Date;', 'Date'],
  ['time and chance are parameters', 'core/x.ts', 'new Date();', 'new Date()'],
  ['time and chance are parameters', 'core/x.ts', 'new Date;', 'new Date'],
  ['time and chance are parameters', 'core/x.ts', 'Date();', 'Date'],
  ['time and chance are parameters', 'core/x.ts', 'const a = [1].map(Math.random);', 'Math.random'],
  ['time and chance are parameters', 'core/x.ts', 'const { random } = Math;', 'Math'],
  ['time and chance are parameters', 'functions/x.ts', 'setTimeout(work, 1);', 'setTimeout'],
  ['time and chance are parameters', 'functions/x.ts', 'process.env.NAME;', 'process.env'],
  ['time and chance are parameters', 'functions/x.ts', 'const a = { process };', 'process'],
  ['time and chance are parameters', 'functions/x.ts', 'globalThis.process.env;', 'globalThis.process'],
  ['time and chance are parameters', 'functions/x.ts', "console.log('');", 'console.log'],
  ['time and chance are parameters', 'functions/x.ts', 'await fetch(url);', 'fetch'],
  ['time and chance are parameters', 'functions/x.ts', 'crypto.randomUUID();', 'crypto.randomUUID'],
  ['a name says something', 'core/utils.ts', '', 'is called utils.ts'],
  ['a name says something', 'local/page/index.js', '', 'is called index.js'],
  ['a name says something', 'core/types.test.ts', '', 'is called types.test.ts'],
  ['a name says something', 'adapters/common/x.ts', '', 'is called common'],
  ['a name says something', 'adapters/service/x.ts', '', 'is called service'],
  ['a name says something', 'core/jobState.ts', '', 'is not in kebab-case'],
  ['a name says something', 'core/job_state.ts', '', 'is not in kebab-case'],
  ['a file is small', 'cli/x.ts', '\n'.repeat(201), '201 lines'],
  ['a file is small', 'cli/x.ts', `${'\n'.repeat(200)}x`, '201 lines'],
  ['folders form no circle', 'core/x.ts', "import '../ports/clock.ts';", 'core → ports → … → core'],
  ['folders form no circle', 'core/x.ts', "import '../cli/main.ts';", 'core → cli → … → core'],
];

const changes = mutations.map(([rule, path, text, report]) => ({ rule, path, text, report }));

test.each(changes)('“$rule” does not hold for $path: $report', ({ rule, path, text, report }) => {
  const broken = breachesOf(rule, [...files.filter((file) => file.path !== path), sourceFile(path, text)]);
  expect(broken.filter((breach) => breach.includes(path) && breach.includes(report))).not.toEqual([]);
});

test('every rule is proven by what breaks it', () => {
  expect(new Set(mutations.map(([rule]) => rule))).toEqual(new Set(rules.map(({ name }) => name)));
});

const harmless: readonly (readonly [path: string, text: string])[] = [
  ['core/x.ts', "// import 'node:fs'; Date.now(); new Date();"],
  ['core/x.ts', 'const a = "import \'../ports/clock.ts\'; process.exit()";'],
  ['core/x.ts', 'const a = new Date(at), b = Date.UTC(2026), c = Date.parse(text), d = Math.max(1, 2);'],
  ['core/x.ts', 'interface A { process: string; console: Date; }\nconst a = (it: A) => it.process;'],
  ['core/x.ts', 'const b = (process: string) => process.length;'],
  ['core/x.test.ts', "import '../adapters/log/json-log.ts'; import '../../tests/fleet.ts'; Date.now();"],
  ['core/cron.ts', "import 'cron-parser';"],
  ['functions/host/handler.ts', "import '../../adapters/log/json-log.ts'; process.env.NAME;"],
  ['adapters/x.ts', "import 'node:fs'; setTimeout(work, 1);"],
];

test('200 lines are not too many', () => {
  expect(breachesOf('a file is small', [sourceFile('cli/x.ts', '\n'.repeat(200))])).toEqual([]);
});

test.each(harmless)('%s with %j breaks nothing', (path, text) => {
  const all = [sourceFile(path, text)];
  expect(rules.flatMap(({ breaches }) => breaches(all))).toEqual([]);
});
