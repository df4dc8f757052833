import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FakeGithub, fakeGithub } from '../../../src/fakes/github/fake-github.ts';
import { type AwsProxy, startAwsProxy } from '../../engine/aws-proxy/aws-proxy.ts';
import { makeCertificate } from '../../engine/certificate.ts';
import { type Ec2Proxy, startEc2Proxy } from '../../engine/ec2-proxy/ec2-proxy.ts';
import type { MachineEvent } from '../../engine/ec2-proxy/machine-events.ts';
import type { Engine } from '../../engine/engine.ts';
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
  /** Everything but EC2 and the forge is spoken to by TLS. */
  readonly hasTls?: boolean;
  /** Stands between the functions and EC2. */
  readonly beforeEc2?: (ec2Url: string) => Promise<{ readonly url: string; stop(): Promise<void> }>;
}

/** AWS's and GitHub's doubles with the built zips deployed between them. */
export interface TrialTown {
  readonly engine: Engine;
  readonly github: FakeGithub;
  readonly ec2: Ec2Proxy['control'];
  /** All but EC2. */
  readonly aws: AwsProxy;
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
    const certificate = options.hasTls ? makeCertificate() : undefined;
    if (certificate) stops.push(certificate.remove);
    const fronts = { ec2: undefined as Ec2Proxy | undefined, aws: undefined as AwsProxy | undefined };
    const { engine, stop: stopEngine } = await startEngine({
      isGuarded: true,
      ...(certificate && { certificate }),
      async front(behind) {
        const { motoUrl, account, region } = behind;
        const onEvent = (event: MachineEvent): void => events.tell(event);
        fronts.ec2 = await startEc2Proxy({ motoUrl, account, region, pace, onEvent });
        fronts.aws = await startAwsProxy({ engine: behind, ...(certificate && { certificate }) });
        const { ec2, aws } = fronts;
        const before = await beforeEc2?.(ec2.url);
        return {
          url: aws.url,
          environment: { AWS_ENDPOINT_URL: aws.url, AWS_ENDPOINT_URL_EC2: (before ?? ec2).url },
          stop: async () => void (await Promise.all([before?.stop(), ec2.stop(), aws.stop()])),
        };
      },
    });
    stops.push(stopEngine);
    const { ec2, aws } = fronts;
    if (!ec2 || !aws) throw new Error('The engine started without what stands before it.');

    const app = { id: github.appId, key: readFileSync(github.appKeyFile, 'utf8'), webhookSecret, url: github.url };
    const deployment = await (options.deployBy ?? deploy)(engine, {
      dist: join(lambdas, 'dist'),
      app,
      ec2Url: ec2.url,
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
    return { engine, github, ec2: ec2.control, aws, deployment, player, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
