import { spawn } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  type ComputeTestbed,
  computeTestbed,
  idsOf,
  launchOne,
  launchRequest,
  listed,
  sleepingAgent,
} from '../../../../tests/doubles/compute-testbed.ts';
import { until } from '../../../../tests/doubles/processes.ts';
import { viewProcesses, workingIn } from '../../process/process-view.ts';
import { readState, writeState } from '../../process/state-file.ts';

let bed: ComputeTestbed;
beforeEach(() => {
  bed = computeTestbed();
});
afterEach(() => bed.dispose());

test('machines outlive a launcher that is killed, and its successor knows them', async () => {
  const source = `
    import { processCompute } from ${JSON.stringify(new URL('process-compute.ts', import.meta.url).href)};
    const log = { info() {}, warn() {}, error() {} };
    const clock = { now: Date.now, sleep: async () => {}, fraction: Math.random, id: () => 'x' };
    const options = ${JSON.stringify({ folder: bed.path, agentCommand: sleepingAgent, agentConfig: {}, environment: {} })};
    await processCompute({ ...options, clock, log }).launch(${JSON.stringify(launchRequest)});
    process.stdout.write('launched');
    setInterval(() => {}, 1000);
  `;
  const launcher = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', source]);
  let output = '';
  launcher.stdout.on('data', (data) => {
    output += String(data);
  });
  launcher.stderr.on('data', (data) => {
    output += String(data);
  });
  await until('it has launched', () => output.length > 0);
  expect(output).toBe('launched');
  launcher.kill('SIGKILL');
  await until('it is dead', () => launcher.signalCode !== null);

  const compute = bed.compute();
  expect((await listed(compute)).map(({ state }) => state)).toEqual(['running', 'running']);
  expect(idsOf((await compute.launch(launchRequest)).instances)).toEqual(idsOf(await listed(compute)));
  expect(bed.running()).toBe(2);
});

test('what a launcher had not started when it died is started by the replay, under the same ids', async () => {
  const launched = await bed.compute().launch(launchRequest);
  const [first, second] = idsOf(launched.instances);
  breakOff();
  await bed.killAgent(first ?? '');
  rmSync(bed.filesOf(first).agent);
  rmSync(join(bed.path, 'instances', second ?? ''), { recursive: true });
  for (const { pid } of workingIn(viewProcesses(), bed.path)) process.kill(pid, 'SIGKILL');

  const compute = bed.compute();
  expect(await listed(compute)).toMatchObject([{ id: first, state: 'pending' }]);
  const replayed = await compute.launch(launchRequest);
  expect(idsOf(replayed.instances)).toEqual([first, second]);
  expect((await listed(compute)).map(({ state }) => state)).toEqual(['running', 'running']);
});

test('an agent that its launcher had no time to write down is found, and not started twice', async () => {
  const launched = await bed.compute().launch(launchRequest);
  breakOff();
  const id = launched.instances[0]?.id;
  const pid = bed.agentPid(id);
  rmSync(bed.filesOf(id).agent);
  await bed.compute().launch(launchRequest);
  expect(bed.agentPid(id)).toBe(pid);
  expect(bed.running()).toBe(2);
});

test('a machine that nobody starts is over after a while', async () => {
  const id = await launchOne(bed.compute());
  await bed.killAgent(id);
  rmSync(bed.filesOf(id).agent);
  bed.clock.skip(61);
  expect(await listed(bed.compute())).toMatchObject([{ id, state: 'terminated', endReason: 'never-started' }]);
});

/** Takes the outcome from the stored launch, as if it had never been written. */
function breakOff(): void {
  const launches = join(bed.path, 'launches');
  for (const name of readdirSync(launches)) {
    const { outcome: _, ...begun } = readState<Record<string, unknown>>(join(launches, name)) ?? {};
    writeState(join(launches, name), begun);
  }
}
