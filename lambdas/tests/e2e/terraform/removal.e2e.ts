import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SeenMachine } from '../../engine/ec2-proxy/ec2-control.ts';
import type { Engine } from '../../engine/engine.ts';
import { aliveIn, isSoon } from '../trial/live-town.ts';
import { trialTimeScale } from '../trial/run-trial.ts';
import { type TrialTown, trialTown } from '../trial/trial-town.ts';
import type { TrialOutput } from './apply-quick-start.ts';
import { type ExampleOnEngine, exampleOnEngine } from './example-on-engine.ts';
import { githubAppInput } from './github-app-input.ts';
import { whatIsLeft } from './leftovers.ts';
import { quickStartPrefix, terraformDeployment } from './terraform-deployment.ts';

const longSeconds = 10_000;
const drain = 'module.ci_runners.aws_lambda_invocation.drain';
let town: TrialTown;
let example: ExampleOnEngine | undefined;
let left: (() => Promise<readonly string[]>) | undefined;
let trial: object = {};

const applyWith = (fields: object): Promise<void> | undefined => example?.apply({ trial: { ...trial, ...fields } });
const machinesOf = (fleet: string): readonly SeenMachine[] =>
  town.ec2
    .machines()
    .filter(({ tags, state }) => tags['ghr:fleet'] === fleet && (state === 'running' || state === 'pending'));
const namesOf = (fleet: string, busy: boolean): readonly string[] =>
  town.github
    .runners()
    .filter((runner) => runner.busy === busy && runner.labels.includes(fleet))
    .map(({ name }) => name);

/** One for the machines of all fleets, as who plays them knows of one; its unique id. */
async function makeRole({ url: endpoint, region, credentials }: Engine): Promise<string> {
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  const iam = new IAMClient({ endpoint, region, credentials });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'machines', AssumeRolePolicyDocument }));
  return Role?.RoleId ?? '';
}

async function cancelRunning(): Promise<void> {
  for (const { id } of town.github.jobs().filter(({ status }) => status === 'in_progress')) {
    await fetch(`${town.github.url}/_control/jobs/${id}/cancel`, { method: 'POST' });
  }
}

/** So many idle and so many busy runners, and no more machines. */
const isStaffed = (fleet: string, idle: number, busy: number): boolean =>
  namesOf(fleet, false).length === idle &&
  namesOf(fleet, true).length === busy &&
  machinesOf(fleet).length === idle + busy;

beforeAll(async () => {
  town = await trialTown({
    limit: 16,
    timeScale: trialTimeScale,
    machines: 'played',
    async deployBy(engine, { app, ec2Url, timeScale }) {
      const fleets = ['stays', 'idles', 'works'];
      trial = { forge_url: app.url, time_scale: timeScale, fleets, force_destroy: false };
      left = () => whatIsLeft(engine, ec2Url, quickStartPrefix);
      example = exampleOnEngine({
        name: 'default',
        engine,
        ec2Url,
        variables: { region: engine.region, github_app: githubAppInput(app), trial },
        files: ['removal.tf', 'removal_override.tf', 'trial_output.tf'],
      });
      const roleId = await makeRole(engine);
      await example.init();
      await example.apply();
      return terraformDeployment(engine, { output: (await example.output('trial')) as TrialOutput, roleId });
    },
  });
  for (const fleet of ['stays', 'works']) {
    town.github.addJobs({ count: 1, seconds: longSeconds, labels: ['self-hosted', fleet] });
  }
  const isReady = (): boolean => isStaffed('stays', 1, 1) && isStaffed('idles', 1, 0) && isStaffed('works', 0, 1);
  expect(await isSoon(isReady, 240)).toBe(true);
}, 900_000);
afterAll(async () => {
  await town?.stop();
  example?.forget();
});

test('of two fleets that are removed, who idles goes without a word; who is busy stays, and is named', async () => {
  const [busy] = machinesOf('works');
  await expect(applyWith({ fleets: ['stays'] })).rejects.toThrow(`${busy?.id} (busy`);
  expect(machinesOf('idles')).toEqual([]);
  expect(machinesOf('works')).toEqual([busy]);
  expect(isStaffed('stays', 1, 1)).toBe(true);
  const kept = await example?.leftInState();
  expect(kept).not.toContain(`${drain}["idles"]`);
  expect(kept).toContain(`${drain}["works"]`);
}, 300_000);

test('forced, a fleet goes under its jobs', async () => {
  await applyWith({ fleets: ['stays', 'works'], force_destroy: true });
  // What was applied for a fleet counts for its end.
  await applyWith({ fleets: ['stays'], force_destroy: false });
  expect(machinesOf('works')).toEqual([]);
}, 600_000);

test('destroy lets the idle go, names the busy, and takes nothing away; once the job is over it leaves nothing', async () => {
  const [busy] = namesOf('stays', true);
  const id = busy?.replace(`${quickStartPrefix}-`, '');
  await expect(example?.destroy()).rejects.toThrow(`${id} (busy`);
  expect(machinesOf('stays').map((machine) => machine.id)).toEqual([id]);
  expect(await example?.leftInState()).toContain('module.ci_runners.module.control_plane.aws_dynamodb_table.ledger');
  await cancelRunning();
  await example?.destroy();
  expect(aliveIn(town)).toBe(0);
  expect(town.github.runners()).toEqual([]);
  expect(await example?.leftInState()).toEqual([]);
  expect(await left?.()).toEqual([]);
}, 900_000);
