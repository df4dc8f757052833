import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { imdsEndpoint } from '../../adapters/machine/ec2/imds.ts';

/** What a machine's boot script tells its agent. */
export interface AgentSettings {
  readonly roleId: string;
  readonly hostsTable: string;
  readonly runAs: string;
  readonly runnerFolder: string;
  readonly stateFolder: string;
  readonly logFolder: string;
  readonly imdsEndpoint: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function agentSettings(environment: Environment): AgentSettings {
  const text = (name: string, otherwise = ''): string => environment[name]?.trim() || otherwise;
  return {
    roleId: text('CI_RUNNERS_ROLE_ID'),
    hostsTable: text('CI_RUNNERS_HOSTS_TABLE'),
    runAs: text('CI_RUNNERS_RUN_AS'),
    runnerFolder: text('CI_RUNNERS_RUNNER_FOLDER', '/opt/actions-runner'),
    stateFolder: text('CI_RUNNERS_STATE_FOLDER', '/run/ci-runners'),
    logFolder: text('CI_RUNNERS_LOG_FOLDER', '/var/log/ci-runners'),
    // The name by which AWS's own clients know it.
    imdsEndpoint: text('AWS_EC2_METADATA_SERVICE_ENDPOINT', imdsEndpoint),
  };
}

/** What is wrong with the environment, each with what to do; empty: nothing. */
export function settingsProblems(environment: Environment): readonly string[] {
  const needed: Readonly<Record<string, string>> = {
    CI_RUNNERS_ROLE_ID: 'the unique id of the machines’ role, as AROA…',
    CI_RUNNERS_HOSTS_TABLE: 'the name of the table of hosts',
    CI_RUNNERS_RUN_AS: 'the user that jobs run as',
    AWS_REGION: 'the region of that table',
  };
  const missing = Object.entries(needed).filter(([name]) => !environment[name]?.trim());
  const { imdsEndpoint: endpoint } = agentSettings(environment);
  return [
    ...missing.map(([name, meaning]) => `${name} is missing: set it to ${meaning} in /etc/ci-runners/host.env`),
    ...(URL.canParse(endpoint) ? [] : [`AWS_EC2_METADATA_SERVICE_ENDPOINT is no address: ${endpoint}`]),
  ];
}

/** Undefined: there is a runner to start. */
export function runnerProblem({ runnerFolder }: AgentSettings): string | undefined {
  const script = join(runnerFolder, 'run.sh');
  try {
    accessSync(script, constants.X_OK);
    return undefined;
  } catch {
    return `${script} cannot be executed: install GitHub's runner there, in the image or in the boot script`;
  }
}
