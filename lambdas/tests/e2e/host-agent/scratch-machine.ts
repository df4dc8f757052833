import { randomUUID } from 'node:crypto';
import { appendFileSync, chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../src/adapters/clock/system-clock.ts';
import { hostKey } from '../../../src/adapters/hosts/dynamodb-host-row.ts';
import { dynamodbHosts } from '../../../src/adapters/hosts/dynamodb-hosts.ts';
import { dynamodbOwnHost } from '../../../src/adapters/hosts/dynamodb-own-host.ts';
import { treeOf, viewProcesses } from '../../../src/adapters/process/process-view.ts';
import type { HostPolicy } from '../../../src/core/host-policy.ts';
import type { Ask, HostRow, Lease } from '../../../src/core/runner.ts';
import type { RunnerGrant } from '../../../src/ports/forge.ts';
import { processFolder, until } from '../../doubles/processes.ts';
import { engine } from '../../engine/engine.ts';
import { engineClient, newTable } from '../contracts/new-tables.ts';
import { type AgentUnit, startAgentUnit } from './agent-unit.ts';
import { type FakeImds, fakeImds, type ImdsMood } from './fake-imds.ts';
import { type NetworkCable, networkCable } from './network-cable.ts';

const lambdas = fileURLToPath(new URL('../../../', import.meta.url));
const doubles = fileURLToPath(new URL('bin', import.meta.url));
const lane = { fleet: 'small', scope: 'org:acme' } as const;
const roleId = 'AROASCRATCHMACHINE01';

/** What takes minutes takes seconds here. */
export const policy: HostPolicy = {
  bootLimitSeconds: 12,
  firstJobSeconds: 3,
  hardLimitSeconds: 90,
  leaseRenewalSeconds: 2,
  quietSeconds: 2,
  answerLimitSeconds: 4,
  rowlessLimitSeconds: 5,
};

export interface ScratchMachineOptions {
  /** What stands as `run.sh` where GitHub's runner is; undefined: nothing. The fake runner is there if nothing is said. */
  readonly runScript?: string | undefined;
  readonly mood?: ImdsMood;
  readonly policy?: Partial<HostPolicy>;
  /** In place of what the boot script says; undefined: not said. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Files that are there from the start: the doubles of systemd refuse what they name. */
  readonly refusals?: readonly ('refuse-units' | 'refuse-poweroff')[];
}

/** An EC2 instance without a computer of its own: the agent as it is deployed, below one folder of this one. */
export interface ScratchMachine {
  readonly imds: FakeImds;
  readonly network: NetworkCable;
  readonly agent: AgentUnit;
  readonly folder: string;
  readonly log: () => string;
  readonly commands: () => string;
  /** Of its listener's unit; -1 before there is one. */
  readonly runnerPid: () => number;
  readonly workerPid: () => number | undefined;
  readonly worker: () => 'none' | 'running';
  give(grant: RunnerGrant): Promise<void>;
  ask(ask: Ask | null): Promise<void>;
  row(): Promise<HostRow | undefined>;
  closeRow(): Promise<void>;
  /** As a job can write it, which has the machine's rights. */
  forgeLease(sees: Lease['sees']): Promise<void>;
  /** As a job can say it: a hook, or its own words, in what the runner prints. */
  forgeWords(text: string): void;
  readonly tableName: string;
  until(sees: string): Promise<void>;
  /** Why it ended. */
  ended(limitSeconds?: number): Promise<string>;
  readonly hasEnded: () => boolean;
  [Symbol.asyncDispose](): Promise<void>;
}

const fakeRunnerScript = `exec '${process.execPath}' '${lambdas}build/fakes/runner/main.js' "$@"`;

export async function scratchMachine(options: ScratchMachineOptions = {}): Promise<ScratchMachine> {
  const instanceId = `i-${randomUUID().slice(0, 8)}`;
  const place = processFolder();
  const at = (name: string): string => join(place.path, name);
  const tableName = await newTable('pk');
  const hosts = dynamodbHosts({ client: engineClient(), tableName, clock: systemClock(), roleIdOf: () => roleId });
  await hosts.open(lane, [{ instanceId, policy: { ...policy, ...options.policy } }]);
  const own = dynamodbOwnHost({ client: engineClient(), tableName, key: hostKey(roleId, instanceId) });
  const imds = await fakeImds({ instanceId, startedAt: new Date(), ...(options.mood && { mood: options.mood }) });
  const network = await networkCable(engine().url);

  const runScript = 'runScript' in options ? options.runScript : fakeRunnerScript;
  mkdirSync(at('runner'));
  if (runScript !== undefined) writeFileSync(at('runner/run.sh'), `#!/bin/bash\n${runScript}\n`);
  if (runScript !== undefined) chmodSync(at('runner/run.sh'), 0o755);
  // Out of the package, as it stands alone on a machine.
  copyFileSync(join(lambdas, 'dist/host-agent.js'), at('host-agent.js'));
  for (const refusal of options.refusals ?? []) writeFileSync(at(refusal), '');
  const hasEnded = (): boolean => existsSync(at('ended'));
  const textOf = (name: string): string => (existsSync(at(name)) ? readFileSync(at(name), 'utf8') : '');
  const agent = startAgentUnit({
    command: [process.execPath, at('host-agent.js')],
    environment: {
      PATH: `${doubles}:${process.env.PATH}`,
      SCRATCH: place.path,
      AWS_REGION: engine().region,
      AWS_ENDPOINT_URL_DYNAMODB: network.url,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: imds.url,
      CI_RUNNERS_ROLE_ID: roleId,
      CI_RUNNERS_HOSTS_TABLE: tableName,
      CI_RUNNERS_RUN_AS: 'runner',
      CI_RUNNERS_RUNNER_FOLDER: at('runner'),
      CI_RUNNERS_STATE_FOLDER: at('state'),
      CI_RUNNERS_LOG_FOLDER: at('log'),
      ...options.environment,
    },
    folder: place.path,
    log: at('agent.log'),
    endedFile: at('ended'),
  });
  const runnerPid = (): number => Number(textOf('unit-pid') || -1);
  const workerPid = (): number | undefined => {
    const view = viewProcesses();
    const runner = view.at(runnerPid());
    const tree = runner === undefined ? [] : treeOf(view, runner);
    return tree.find(({ pid }) => view.argvOf(pid)[0] === 'Runner.Worker')?.pid;
  };
  const row = async (): Promise<HostRow | undefined> => (await hosts.read(lane, [instanceId])).get(instanceId);

  return {
    ...{ imds, network, agent, tableName, folder: place.path, row, hasEnded },
    log: () => textOf('agent.log'),
    commands: () => textOf('commands'),
    runnerPid,
    workerPid,
    worker: () => (workerPid() === undefined ? 'none' : 'running'),
    give: async (grant) => {
      if ((await hosts.give(lane, instanceId, grant)) !== 'given') throw new Error('the grant was refused');
    },
    ask: (ask) => hosts.ask(lane, instanceId, ask),
    closeRow: () => hosts.close(lane, [instanceId]),
    forgeLease: async (sees) => {
      const now = Date.now();
      await own.renew({ counter: 2 * now, sees, since: now, at: now, ...(sees === 'done' && { reason: 'job-done' }) });
    },
    forgeWords: (text) => appendFileSync(at('log/runner.log'), text),
    until: (sees) => until(`it sees ${sees}`, async () => (await row())?.lease?.sees === sees),
    ended: async (limitSeconds = 30) => {
      await until('the machine ends', hasEnded, limitSeconds).catch((error: Error) => {
        throw new Error(`${error.message}\n${textOf('agent.log').slice(-4_000)}\n${textOf('commands')}`);
      });
      return endReasonIn(textOf('agent.log'));
    },
    [Symbol.asyncDispose]: async () => {
      await agent.stop();
      await Promise.all([imds.stop(), network.stop()]);
      place[Symbol.dispose]();
    },
  };
}

const endReasonIn = (log: string): string =>
  /^.*"message":"this machine [^"]*ends".*"reason":"([^"]+)"/m.exec(log)?.[1] ?? 'none';
