import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../../engine/engine.ts';
import type { DeploymentInput } from '../deployment/deploy.ts';
import { quickStart } from './quick-start.ts';
import { terraformCli } from './terraform-cli.ts';

/** What `trial.tf` puts out. */
export interface TrialOutput {
  readonly webhook: { readonly endpoint: string; readonly api_id: string };
  readonly functions: Readonly<Record<'webhook' | 'scale-up' | 'scale-down' | 'sweep', string>>;
  readonly tables: Readonly<Record<'ledger' | 'hosts', { readonly name: string }>>;
  readonly queues: {
    readonly build_queue_url: string;
    readonly build_queue_arn: string;
    readonly build_queue_dlq_url: string;
  };
  readonly role_id: string;
}

export interface AppliedExample {
  readonly output: TrialOutput;
  /** What another apply would change: addresses, each with the names of what differs. */
  plannedChanges(): Promise<readonly PlannedChange[]>;
  destroy(): Promise<void>;
  /** Addresses of what Terraform still keeps. */
  leftInState(): Promise<readonly string[]>;
  /** Forgets what is on this machine. */
  forget(): void;
}

export interface PlannedChange {
  readonly type: string;
  readonly address: string;
  readonly differing: readonly string[];
}

export interface ShownPlan {
  readonly resource_changes?: readonly {
    readonly type: string;
    readonly address: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: Readonly<Record<string, unknown>> | null;
      readonly after: Readonly<Record<string, unknown>> | null;
    };
  }[];
}

const repository = fileURLToPath(new URL('../../../../', import.meta.url));
const here = fileURLToPath(new URL('./', import.meta.url));
const parts = ['main.tf', 'variables.tf', 'outputs.tf', 'versions.tf', 'modules', 'lambdas'];

/** What Terraform is told where nobody is there to be asked. */
const unasked: Readonly<Record<string, readonly string[]>> = {
  init: ['-input=false', '-no-color'],
  apply: ['-input=false', '-no-color', '-auto-approve'],
};
const secrets = '-var-file=app.tfvars.json';

/** Follows the quick start by the real provider, with what a trial lays over its example. */
export async function applyQuickStart(engine: Engine, input: DeploymentInput): Promise<AppliedExample> {
  const start = quickStart();
  const folder = mkdtempSync(join(tmpdir(), 'ci-runners-terraform-'));
  const forget = (): void => rmSync(folder, { recursive: true, force: true });
  const example = layOut(folder, start.example, engine, input);
  const terraform = terraformCli(example, engine, input.ec2Url);
  try {
    for (const args of start.calls) await terraform.run(...args, ...(unasked[args[0] ?? ''] ?? []));
    const output = JSON.parse(await terraform.run('output', '-json', 'trial')) as TrialOutput;
    return {
      output,
      async plannedChanges() {
        await terraform.run('plan', '-input=false', '-no-color', '-out=again', secrets);
        return changesOf(JSON.parse(await terraform.run('show', '-json', 'again')) as ShownPlan);
      },
      async destroy() {
        await terraform.run('destroy', '-input=false', '-no-color', '-auto-approve', secrets);
      },
      leftInState: async () => (await terraform.run('state', 'list')).split('\n').filter((line) => line !== ''),
      forget,
    };
  } catch (error) {
    forget();
    throw error;
  }
}

/** Its folder. The example finds the module where it always does, two folders up. */
export function copyExample(folder: string, name: string): string {
  const example = join(folder, 'examples', name);
  mkdirSync(example, { recursive: true });
  for (const part of parts) symlinkSync(join(repository, part), join(folder, part));
  const isOurs = (path: string): boolean => !path.includes('.terraform');
  cpSync(join(repository, 'examples', name), example, { recursive: true, filter: isOurs });
  return example;
}

function layOut(folder: string, name: string, engine: Engine, { app, limit, timeScale }: DeploymentInput): string {
  const example = copyExample(folder, name);
  for (const file of ['trial.tf', 'trial_override.tf']) cpSync(join(here, file), join(example, file));
  const github_app = {
    id: String(app.id),
    key_base64: Buffer.from(app.key).toString('base64'),
    webhook_secret: app.webhookSecret,
  };
  writeFileSync(join(example, 'app.tfvars.json'), JSON.stringify({ github_app }));
  // Terraform reads it by itself.
  const trial = { region: engine.region, trial: { forge_url: app.url, limit, time_scale: timeScale } };
  writeFileSync(join(example, 'trial.auto.tfvars.json'), JSON.stringify(trial));
  return example;
}

export const changesOf = ({ resource_changes = [] }: ShownPlan): readonly PlannedChange[] =>
  resource_changes
    .filter(({ change }) => !['no-op', 'read'].includes(change.actions.join()))
    .map(({ type, address, change: { before, after } }) => ({ type, address, differing: differing(before, after) }));

const differing = (before: ShownValues, after: ShownValues): readonly string[] =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
    .filter((key) => JSON.stringify(before?.[key]) !== JSON.stringify(after?.[key]))
    .sort();

type ShownValues = Readonly<Record<string, unknown>> | null;
