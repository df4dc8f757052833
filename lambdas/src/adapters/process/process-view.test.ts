import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ProcessFolder, processFolder } from '../../../tests/doubles/processes.ts';
import { procView } from './proc-view.ts';
import { isAlive, sessionOf, treeOf, viewProcesses, workingIn } from './process-view.ts';
import { psView } from './ps-view.ts';

describe('the process table of this computer', () => {
  test('knows this very process', () => {
    const view = viewProcesses();
    const self = view.at(process.pid);
    expect(self).toMatchObject({ pid: process.pid, parentPid: process.ppid });
    expect(self && isAlive(view, self)).toBe(true);
    expect(isAlive(view, { pid: process.pid, startKey: 'another' })).toBe(false);
    expect(view.argvOf(process.pid)[0]).toContain('node');
    expect(view.all().some(({ pid }) => pid === process.pid)).toBe(true);
  });
});

describe('on Linux', () => {
  let root: ProcessFolder;
  beforeEach(() => {
    root = processFolder();
  });
  afterEach(() => root[Symbol.dispose]());

  interface Proc {
    readonly pid: number;
    readonly parent: number;
    readonly session: number;
    readonly state?: string;
    readonly name?: string;
    readonly children?: string;
  }
  const proc = ({ pid, parent, session, state = 'S', name = 'sh', children }: Proc): void => {
    const folder = join(root.path, String(pid));
    mkdirSync(join(folder, 'task', String(pid)), { recursive: true });
    const stat = `${pid} (${name}) ${state} ${parent} ${session} ${session} ${'0 '.repeat(15)}${pid}00 0 0`;
    writeFileSync(join(folder, 'stat'), stat);
    writeFileSync(join(folder, 'task', String(pid), 'stat'), stat);
    writeFileSync(join(folder, 'cmdline'), `${name}\0-c\0`);
    symlinkSync(`/home/${session}/work`, join(folder, 'cwd'));
    if (children !== undefined) writeFileSync(join(folder, 'task', String(pid), 'children'), children);
  };
  const pidsOf = (entries: readonly { readonly pid: number }[]): readonly number[] => entries.map(({ pid }) => pid);

  test('a name that looks like the rest of the line is read as a name', () => {
    proc({ pid: 7, parent: 1, session: 7, name: 'a) R 9 9 9 (b' });
    expect(procView(root.path).at(7)).toEqual({ pid: 7, parentPid: 1, group: 7, session: 7, startKey: '700' });
  });

  test('a zombie is no process', () => {
    proc({ pid: 7, parent: 1, session: 7, state: 'Z' });
    expect(procView(root.path).at(7)).toBeUndefined();
  });

  test.each(['told', 'not told'])('a tree is found where children are %s', (told) => {
    const children = (text: string) => (told === 'told' ? { children: text } : {});
    proc({ pid: 7, parent: 1, session: 7, ...children('8 ') });
    proc({ pid: 8, parent: 7, session: 7, ...children('9 10 ') });
    proc({ pid: 9, parent: 8, session: 9, ...children('') });
    proc({ pid: 10, parent: 8, session: 7, state: 'Z', ...children('') });
    const view = procView(root.path);
    expect(pidsOf(treeOf(view, { pid: 7, startKey: '700' }))).toEqual([7, 8, 9]);
    expect(treeOf(view, { pid: 7, startKey: '699' })).toEqual([]);
  });

  test('a session outlives its leader, unless its number was given out again', () => {
    proc({ pid: 8, parent: 1, session: 7 });
    expect(pidsOf(sessionOf(procView(root.path), { pid: 7, startKey: '600' }))).toEqual([8]);
    proc({ pid: 7, parent: 1, session: 7 });
    expect(sessionOf(procView(root.path), { pid: 7, startKey: '600' })).toEqual([]);
  });

  test('a folder knows who works in it', () => {
    proc({ pid: 7, parent: 1, session: 7 });
    proc({ pid: 8, parent: 1, session: 77 });
    expect(pidsOf(workingIn(procView(root.path), '/home/7'))).toEqual([7]);
    expect(pidsOf(workingIn(procView(root.path), '/home/77/work'))).toEqual([8]);
  });
});

test('elsewhere, the words of ps are read', () => {
  const view = psView(
    [
      '    1     0     1 Ss   Mon Nov  2 18:00:00 2025 /sbin/launchd',
      '  412     1   412 S    Mon Nov 20 18:00:01 2025 Runner.Worker spawnclient 1',
      '  413   412   412 Z+   Mon Nov 20 18:00:02 2025 (sleep)',
      '',
    ].join('\n'),
  );
  expect(view.at(412)).toMatchObject({ parentPid: 1, group: 412, startKey: 'Mon Nov 20 18:00:01 2025' });
  expect(view.argvOf(412)).toEqual(['Runner.Worker', 'spawnclient', '1']);
  expect(view.childrenOf(1).map(({ pid }) => pid)).toEqual([412]);
  expect(view.at(413)).toBeUndefined();
});
