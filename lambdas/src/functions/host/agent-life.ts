import { join } from 'node:path';
import { dynamodbClient } from '../../adapters/dynamodb/dynamodb-client.ts';
import { hostKey } from '../../adapters/hosts/dynamodb-host-row.ts';
import { dynamodbOwnHost } from '../../adapters/hosts/dynamodb-own-host.ts';
import { bootRecord, tellingBoot } from '../../adapters/machine/ec2/boot-record.ts';
import type { Commands } from '../../adapters/machine/ec2/commands.ts';
import { namingDeprecation } from '../../adapters/machine/ec2/deprecated-runner.ts';
import { endMachine } from '../../adapters/machine/ec2/end-machine.ts';
import { type Imds, imds } from '../../adapters/machine/ec2/imds.ts';
import { type InstanceIdentity, instanceIdentity } from '../../adapters/machine/ec2/instance-identity.ts';
import { linuxMachine, makeFolders, wasRunnerBegun } from '../../adapters/machine/ec2/linux-machine.ts';
import { spotNotice } from '../../adapters/machine/ec2/spot-notice.ts';
import { keepState, readState } from '../../adapters/process/state-file.ts';
import { messageOf } from '../../core/errors.ts';
import { ageSeconds } from '../../core/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OwnHost } from '../../ports/hosts.ts';
import type { Log } from '../../ports/log.ts';
import { type AgentSettings, agentSettings, runnerProblem, settingsProblems } from './agent-settings.ts';
import { runHost } from './host.ts';
import { type BootFailure, endingWithWord, sayLast } from './last-word.ts';

export interface AgentWorld {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly commands: Commands;
  readonly clock: Clock;
  readonly log: Log;
}

/** A machine that does not learn who it is has no row, and nobody waits for it longer. */
const identityLimitSeconds = 300;

/** The host function on an EC2 instance, from the agent's start to the machine's end. */
export async function liveAsAgent(world: AgentWorld): Promise<void> {
  const { environment, commands, clock, log } = world;
  const settings = agentSettings(environment);
  makeFolders(settings);
  const metadata = imds({ endpoint: settings.imdsEndpoint });

  const problems = settingsProblems(environment);
  if (problems.length > 0) {
    const own = await reachableRow(settings, metadata);
    return refuse(world, settings, 'bad-configuration', problems.join('; '), own);
  }
  const identity = await patientIdentity(world, settings, metadata);
  if (!identity) return refuse(world, settings, 'no-identity', 'instance metadata: it did not say who this machine is');
  const boot = bootRecord({ ...bootFiles(settings), startedAt: identity.startedAt, clock, log });
  boot.note('agent');
  const own = tellingBoot(ownHostOf(settings, identity), boot);
  const noRunner = runnerProblem(settings);
  if (noRunner) return refuse(world, settings, 'no-runner', noRunner, own);

  const machine = linuxMachine({ ...settings, ...identity, notice: spotNotice(metadata, clock), commands, clock });
  const ending = namingDeprecation(endingWithWord(machine, { own, clock, log }), bootFiles(settings).runnerLog);
  await runHost({ own, machine: ending, clock, log });
}

/** Where the boot script writes when it was done with what, and the runner what it prints. */
const bootFiles = ({ stateFolder, logFolder }: AgentSettings) => ({
  file: join(stateFolder, 'boot-stages'),
  runnerLog: join(logFolder, 'runner.log'),
});

const ownHostOf = ({ hostsTable, roleId }: AgentSettings, { instanceId }: InstanceIdentity): OwnHost =>
  dynamodbOwnHost({ client: dynamodbClient(), tableName: hostsTable, key: hostKey(roleId, instanceId) });

/** Of a machine whose settings have problems; undefined where they do not even lead to its row. */
async function reachableRow(settings: AgentSettings, metadata: Imds): Promise<OwnHost | undefined> {
  if (!settings.roleId || !settings.hostsTable) return undefined;
  const identity = await instanceIdentity(metadata).catch(() => undefined);
  return identity && ownHostOf(settings, identity);
}

/** Asks until it is answered; an agent that was restarted knows it from before. Undefined: nobody answers. */
async function patientIdentity(
  { clock, log }: AgentWorld,
  { stateFolder }: AgentSettings,
  metadata: Imds,
): Promise<InstanceIdentity | undefined> {
  const file = join(stateFolder, 'identity.json');
  const known = readState<InstanceIdentity>(file);
  if (known) return known;
  const begunAt = clock.now();
  for (let tries = 1; ; tries++) {
    try {
      const identity = await instanceIdentity(metadata);
      keepState(file, identity);
      return identity;
    } catch (thrown) {
      log.warn('host does not know who it is yet', { reason: messageOf(thrown) });
    }
    if (ageSeconds(begunAt, clock.now()) >= identityLimitSeconds) return undefined;
    await clock.sleep(Math.min(15, 2 ** (tries - 2)) * (0.5 + clock.fraction() / 2));
  }
}

/** Says why, where people and the control plane look, and ends the machine. One that has a runner goes on without us. */
async function refuse(
  { commands, clock, log }: AgentWorld,
  { stateFolder }: AgentSettings,
  reason: BootFailure,
  sentence: string,
  own?: OwnHost,
): Promise<void> {
  if (wasRunnerBegun(stateFolder)) throw new Error(`${reason}: ${sentence}`);
  log.error('this machine cannot become a runner, and ends', { reason, sentence });
  if (own) await sayLast({ own, clock, log }, reason);
  await endMachine(commands, clock);
}
