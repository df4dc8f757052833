import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../../engine/engine.ts';
import { changesOf, copyExample, type PlannedChange, type ShownPlan } from './applied-example.ts';
import { terraformCli } from './terraform-cli.ts';

/** An example in a folder of its own, before the engine. */
export interface ExampleOnEngine {
  apply(variables?: object): Promise<void>;
  output(name: string): Promise<unknown>;
  /** What another apply would change. */
  plannedChanges(): Promise<readonly PlannedChange[]>;
  destroy(): Promise<void>;
  leftInState(): Promise<readonly string[]>;
  forget(): void;
}

export interface ExampleInput {
  readonly name: string;
  readonly engine: Engine;
  readonly ec2Url: string;
  readonly variables: object;
  /** More files, laid beside the example's own: by name, their text. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Where `make test` has put the provider: no example needs to fetch it again. */
const providers = fileURLToPath(new URL('../../../../.terraform/providers', import.meta.url));
const unasked = ['-input=false', '-no-color'];

export async function exampleOnEngine(input: ExampleInput): Promise<ExampleOnEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'ci-runners-example-'));
  const forget = (): void => rmSync(folder, { recursive: true, force: true });
  const example = copyExample(folder, input.name);
  const { run } = terraformCli(example, input.engine, input.ec2Url);
  for (const [name, text] of Object.entries(input.files ?? {})) writeFileSync(join(example, name), text);
  // Terraform reads it by itself.
  const write = (variables: object): void =>
    writeFileSync(join(example, 'trial.auto.tfvars.json'), JSON.stringify({ ...input.variables, ...variables }));
  try {
    write({});
    await run('init', ...unasked, ...(existsSync(providers) ? [`-plugin-dir=${providers}`] : []));
  } catch (error) {
    forget();
    throw error;
  }
  return {
    async apply(variables = {}) {
      write(variables);
      await run('apply', ...unasked, '-auto-approve');
    },
    output: async (name) => JSON.parse(await run('output', '-json', name)) as unknown,
    async plannedChanges() {
      await run('plan', ...unasked, '-out=again');
      return changesOf(JSON.parse(await run('show', '-json', 'again')) as ShownPlan);
    },
    destroy: async () => void (await run('destroy', ...unasked, '-auto-approve')),
    leftInState: async () => (await run('state', 'list')).split('\n').filter((line) => line !== ''),
    forget,
  };
}
