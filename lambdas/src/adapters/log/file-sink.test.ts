import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { processFolder } from '../../../tests/doubles/processes.ts';
import { fileSink } from './file-sink.ts';

test('lines are appended, and a file that grew too long makes room for new ones', () => {
  using place = processFolder();
  const path = join(place.path, 'agent.log');
  const sink = fileSink(path, 10);
  for (const line of ['first line\n', 'second\n']) sink.write(line);
  expect(readFileSync(path, 'utf8')).toBe('second\n');
  expect(readFileSync(`${path}.1`, 'utf8')).toBe('first line\n');
});

test('a full disk, and a folder that is not there, stop nobody', () => {
  for (const path of ['/dev/full', '/nowhere/agent.log']) fileSink(path, 10).write('line\n');
});
