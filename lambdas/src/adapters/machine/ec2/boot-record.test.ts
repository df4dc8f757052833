import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ownRow } from '../../../../tests/doubles/own-row.ts';
import { type ProcessFolder, processFolder } from '../../../../tests/doubles/processes.ts';
import { manualClock } from '../../clock/manual-clock.ts';
import { memoryLog } from '../../log/memory-log.ts';
import { bootRecord, tellingBoot } from './boot-record.ts';

let place: ProcessFolder;
beforeEach(() => {
  place = processFolder();
});
afterEach(() => place[Symbol.dispose]());

const startedAt = Date.parse('2026-05-01T08:00:00Z');
const at = (name: string): string => join(place.path, name);

function start(options: { readonly file?: string } = {}) {
  const clock = manualClock({ start: startedAt + 40_000 });
  const log = memoryLog();
  const file = options.file ?? at('boot-stages');
  const boot = bootRecord({ file, runnerLog: at('runner.log'), startedAt, clock, log });
  const { own, state } = ownRow();
  return { clock, log, boot, state, own: tellingBoot(own, boot) };
}
const seconds = (count: number): number => startedAt / 1000 + count;
const lease = { counter: 1, sees: 'idle', since: 0, at: 0 } as const;

test('a lease tells how long the boot script, the agent, the grant and the runner took', async () => {
  writeFileSync(at('boot-stages'), `system ${seconds(22.5)}\nrunner-files ${seconds(31)}\nstart ${seconds(32)}\n`);
  const { clock, log, boot, state, own } = start();
  boot.note('agent');
  state.grantState = 'given';
  await clock.advance(2);
  await own.takeGrant();
  await clock.advance(30);
  await own.renew(lease);
  const before = { system: 22.5, 'runner-files': 8.5, start: 1, agent: 8, grant: 2 };
  expect(state.leases.at(-1)?.boot).toEqual(before);
  writeFileSync(at('runner.log'), '√ Connected to GitHub\n\n2026-05-01 08:00:47Z: Listening for Jobs\n');
  await own.renew(lease);
  await own.renew(lease);
  // Of the second that it names, the end.
  expect(state.leases.at(-1)?.boot).toEqual({ ...before, runner: 6 });
  expect(log.lines.filter(({ message }) => message === 'boot')).toHaveLength(1);
});

test('an agent that is started anew tells the same', async () => {
  const first = start();
  first.boot.note('agent');
  first.state.grantState = 'given';
  await first.own.takeGrant();
  const second = start();
  await second.clock.advance(100);
  second.boot.note('agent');
  expect(second.boot.stages()).toEqual(first.boot.stages());
  expect(readFileSync(at('boot-stages'), 'utf8').split('\n')).toHaveLength(3);
});

test('a full disk, or a file that says nothing, keeps nobody from its lease', async () => {
  writeFileSync(at('boot-stages'), 'system\n\nnonsense soon\n');
  expect(start().boot.stages()).toEqual({});
  const { boot, state, own } = start({ file: '/dev/full' });
  boot.note('agent');
  await own.renew(lease);
  expect(state.leases.at(-1)?.boot).toEqual({ agent: 40 });
});
