import { expect, test } from '@jest/globals';
import { memoryLog } from './memory-log.ts';

test('lines are kept in order, with their level and fields', () => {
  const log = memoryLog();
  log.info('launched', { lane: 'small/org:acme', count: 2 });
  log.warn('short');
  log.error('lost', { reason: 'no-lease' });
  expect(log.lines).toEqual([
    { level: 'info', message: 'launched', fields: { lane: 'small/org:acme', count: 2 } },
    { level: 'warn', message: 'short', fields: {} },
    { level: 'error', message: 'lost', fields: { reason: 'no-lease' } },
  ]);
});
