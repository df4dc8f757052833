import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FakeGithub, fakeGithub } from '../../../src/fakes/github/fake-github.ts';
import { type Ec2Proxy, startEc2Proxy } from '../../engine/ec2-proxy/ec2-proxy.ts';
import type { MachineEvent } from '../../engine/ec2-proxy/machine-events.ts';
import type { Engine } from '../../engine/engine.ts';
import { type SsmProxy, startSsmProxy } from '../../engine/ssm-proxy/ssm-proxy.ts';
import { startEngine } from '../../engine/start-engine.ts';
import { type Deployment, type DeploymentInput, deploy } from '../deployment/deploy.ts';
import { eventTeller } from '../deployment/event-teller.ts';
import { type MachinePlayer, startMachinePlayer } from '../machines/machine-player.ts';
import { ownHostsOf, proxyCloud } from '../machines/proxy-cloud.ts';

export interface TrialTownOptions extends Pick<DeploymentInput, 'limit' | 'timeScale' | 'fleet' | 'isQuiet'> {
  readonly seed?: number;
  /** Without players, machines have power and do nothing. */
  readonly machines: 'played' | 'dark';
  /** By the SDK, unless told otherwise. */
  readonly deployBy?: (engine: Engine, input: DeploymentInput) => Promise<Deployment>;
  /** Stands between the functions and EC2. */
  readonly beforeEc2?: (ec2Url: string) => Promise<{ readonly url: string; stop(): Promise<void> }>;
}

/** AWS's and GitHub's doubles with the built zips deployed between them. */
export interface TrialTown {
  readonly engine: Engine;
  readonly github: FakeGithub;
  readonly ec2: Ec2Proxy['control'];
  readonly ssm: SsmProxy;
  readonly deployment: Deployment;
  readonly player: MachinePlayer | undefined;
  stop(): Promise<void>;
}

const lambdas = fileURLToPath(new URL('../../../', import.meta.url));
const webhookSecret = 'secret-of-the-end-to-end-tests';
/** A machine needs that long to come up, and to go. */
const pace = { bootSeconds: 0.5, stopSeconds: 0.3 };

export async function trialTown(options: TrialTownOptions): Promise<TrialTown> {
  const { seed = 1, machines, limit, timeScale, fleet = {}, isQuiet = false, beforeEc2 } = options;
  const folder = mkdtempSync(join(tmpdir(), 'ci-runners-trial-'));
  const stops: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const github = await fakeGithub({ webhookSecret, dataFolder: join(folder, 'github'), seed, timeScale });
    stops.push(github.stop);
    const events = eventTeller();
    const fronts = { ec2: undefined as Ec2Proxy | undefined, ssm: undefined as SsmProxy | undefined };
    const { engine, stop: stopEngine } = await startEngine({
      async front({ motoUrl, url, account, region }) {
        const onEvent = (event: MachineEvent): void => events.tell(event);
        fronts.ec2 = await startEc2Proxy({ motoUrl, account, region, pace, onEvent });
        fronts.ssm = await startSsmProxy(url);
        const { ec2, ssm } = fronts;
        const before = await beforeEc2?.(ec2.url);
        return {
          environment: { AWS_ENDPOINT_URL_EC2: (before ?? ec2).url, AWS_ENDPOINT_URL_SSM: ssm.url },
          stop: async () => void (await Promise.all([before?.stop(), ec2.stop(), ssm.stop()])),
        };
      },
    });
    stops.push(stopEngine);
    const { ec2, ssm } = fronts;
    if (!ec2 || !ssm) throw new Error('The engine started without what stands before it.');

    const app = { id: github.appId, key: readFileSync(github.appKeyFile, 'utf8'), webhookSecret, url: github.url };
    const deployment = await (options.deployBy ?? deploy)(engine, {
      dist: join(lambdas, 'dist'),
      app,
      ec2Url: ec2.url,
      ssmUrl: ssm.url,
      limit,
      timeScale,
      fleet,
      isQuiet,
    });
    stops.push(deployment.stop);
    if (!isQuiet) events.startTelling(deployment.functions);
    github.sendWebhooksTo(deployment.webhookUrl);

    const player =
      machines === 'dark'
        ? undefined
        : startMachinePlayer({
            cloud: proxyCloud(ec2.control),
            ownHostOf: ownHostsOf(engine, deployment),
            folder: join(folder, 'machines'),
            runnerCommand: [process.execPath, join(lambdas, 'build/fakes/runner/main.js')],
          });
    if (player) stops.push(player.stop);
    return { engine, github, ec2: ec2.control, ssm, deployment, player, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
