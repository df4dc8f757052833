import { expect, test } from '@jest/globals';
import { memoryLog } from '../adapters/log/memory-log.ts';
import type { HostRow } from '../core/runner.ts';
import { noteBootTimes } from './note-boot-times.ts';

const lane = { fleet: 'small', scope: 'org:acme' } as const;
const lease = { counter: 1, sees: 'done', since: 0, at: 0 } as const;
const host = (instanceId: string, boot?: Record<string, number>): HostRow => ({
  ...{ instanceId, lane: 'small/org:acme', grantState: 'taken' },
  lease: { ...lease, ...(boot && { boot }) },
});

test('why a job waited for its machine is a line, stage by stage; a machine that told nothing is none', () => {
  const log = memoryLog();
  noteBootTimes(log, lane, [host('i-1', { system: 20, agent: 1.5, secret: 1 }), host('i-2')]);
  expect(log.lines).toMatchObject([
    { message: 'boot', fields: { lane: 'small/org:acme', instance: 'i-1', seconds: 21.5, system: 20, agent: 1.5 } },
  ]);
  expect(JSON.stringify(log.lines)).not.toContain('secret');
});
