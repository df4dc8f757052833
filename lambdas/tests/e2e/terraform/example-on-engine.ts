import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../../engine/engine.ts';
import { inRoot } from '../../terraform/module-tables.ts';
import { changesIn, type PlannedChange } from './planned-changes.ts';
import { terraformCli } from './terraform-cli.ts';

/** An example in a folder of its own, before the engine. */
export interface ExampleOnEngine {
  /** A call of Terraform as somebody types it, with what keeps it from asking back; what it printed. */
  run(...args: readonly string[]): Promise<string>;
  init(): Promise<void>;
  apply(variables?: object): Promise<void>;
  output(name: string): Promise<unknown>;
  /** What another apply would change. */
  plannedChanges(): Promise<readonly PlannedChange[]>;
  destroy(): Promise<void>;
  /** Addresses of what Terraform still keeps. */
  leftInState(): Promise<readonly string[]>;
  /** Forgets what is on this machine. */
  forget(): void;
}

export interface ExampleInput {
  readonly name: string;
  readonly engine: Engine;
  readonly ec2Url: string;
  /** Terraform reads these by itself. */
  readonly variables: object;
  /** These in a file of that name, which is to be named. */
  readonly varFile?: { readonly name: string; readonly variables: object };
  /** Names of files here, laid beside the example's own. */
  readonly files?: readonly string[];
}

const here = fileURLToPath(new URL('./', import.meta.url));
const parts = ['main.tf', 'variables.tf', 'outputs.tf', 'versions.tf', 'modules', 'lambdas'];
/** Where `make test` has put the provider: no example needs to fetch it again. */
const providers = fileURLToPath(inRoot('.terraform/providers'));

/** What Terraform is told where nobody is there to be asked. */
const unasked: Readonly<Record<string, readonly string[]>> = {
  init: ['-input=false', '-no-color'],
  plan: ['-input=false', '-no-color'],
  apply: ['-input=false', '-no-color', '-auto-approve'],
  destroy: ['-input=false', '-no-color', '-auto-approve'],
};

export function exampleOnEngine(input: ExampleInput): ExampleOnEngine {
  const { name, engine, ec2Url, variables: usual, varFile, files = [] } = input;
  const folder = mkdtempSync(join(tmpdir(), 'ci-runners-example-'));
  const example = copyExample(folder, name);
  const terraform = terraformCli(example, engine, ec2Url);
  const run = (...args: readonly string[]): Promise<string> =>
    terraform.run(...args, ...(unasked[args[0] ?? ''] ?? []));
  const write = (file: string, variables: object): void =>
    writeFileSync(join(example, file), JSON.stringify(variables));
  const writeUsual = (more: object): void => write('trial.auto.tfvars.json', { ...usual, ...more });
  const named = varFile ? [`-var-file=${varFile.name}`] : [];

  for (const file of files) cpSync(join(here, file), join(example, file));
  if (varFile) write(varFile.name, varFile.variables);
  writeUsual({});
  return {
    run,
    init: async () => void (await run('init', ...(existsSync(providers) ? [`-plugin-dir=${providers}`] : []))),
    async apply(variables = {}) {
      writeUsual(variables);
      await run('apply', ...named);
    },
    output: async (wanted) => JSON.parse(await run('output', '-json', wanted)) as unknown,
    async plannedChanges() {
      await run('plan', '-out=again', ...named);
      return changesIn(await run('show', '-json', 'again'));
    },
    destroy: async () => void (await run('destroy', ...named)),
    leftInState: async () => (await run('state', 'list')).split('\n').filter((line) => line !== ''),
    forget: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Its folder. The example finds the module where it always does, two folders up. */
function copyExample(folder: string, name: string): string {
  const example = join(folder, 'examples', name);
  mkdirSync(example, { recursive: true });
  for (const part of parts) symlinkSync(inRoot(part), join(folder, part));
  const isOurs = (path: string): boolean => !path.includes('.terraform');
  cpSync(inRoot(`examples/${name}`), example, { recursive: true, filter: isOurs });
  return example;
}
