import type { Engine } from '../../engine/engine.ts';
import type { DeploymentInput } from '../deployment/deploy.ts';
import { type ExampleOnEngine, exampleOnEngine } from './example-on-engine.ts';
import { githubAppInput } from './github-app-input.ts';
import { quickStart } from './quick-start.ts';

/** What `trial_output.tf` puts out. */
export interface TrialOutput {
  readonly webhook: { readonly endpoint: string; readonly api_id: string };
  readonly functions: Readonly<Record<'webhook' | 'scale-up' | 'scale-down' | 'sweep', string>>;
  readonly tables: Readonly<Record<'ledger' | 'hosts', { readonly name: string }>>;
  readonly queues: {
    readonly build_queue_url: string;
    readonly build_queue_arn: string;
    readonly build_queue_dlq_url: string;
  };
}

export interface AppliedQuickStart
  extends Pick<ExampleOnEngine, 'plannedChanges' | 'destroy' | 'leftInState' | 'forget'> {
  readonly output: TrialOutput;
  /** Of its machines' role. */
  readonly roleId: string;
}

/** Follows the quick start by the real provider, with what a trial lays over its example. */
export async function applyQuickStart(engine: Engine, input: DeploymentInput): Promise<AppliedQuickStart> {
  const { app, ec2Url, limit, timeScale } = input;
  const start = quickStart();
  const example = exampleOnEngine({
    name: start.example,
    engine,
    ec2Url,
    variables: { region: engine.region, trial: { forge_url: app.url, limit, time_scale: timeScale } },
    varFile: { name: 'app.tfvars.json', variables: { github_app: githubAppInput(app) } },
    files: ['trial.tf', 'trial_output.tf', 'trial_override.tf'],
  });
  try {
    for (const args of start.calls) await example.run(...args);
    const output = (await example.output('trial')) as TrialOutput;
    return { ...example, output, roleId: (await example.output('role_id')) as string };
  } catch (error) {
    example.forget();
    throw error;
  }
}
