import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ProcessFolder, processFolder } from '../doubles/processes.ts';
import { type Program, programIn } from './program.ts';
import { run } from './running.ts';

let folder: ProcessFolder;
let program: Program;
beforeAll(() => {
  folder = processFolder();
  program = programIn(folder.path);
});
afterAll(() => folder[Symbol.dispose]());

const patienceSeconds = 120;

test.each<[string, readonly string[]]>([
  ['a GitHub that behaves', []],
  ['a GitHub that lies and loses things', ['--habits', 'all']],
])(
  'twelve jobs with %s: the last line says that every promise was kept',
  async (_which, habits) => {
    const demo = run(folder.path, program.main, ['start', '--once', '12', ...habits]);
    const code = await demo.ended(patienceSeconds);
    const lines = demo.output().trimEnd().split('\n');
    expect(lines[0]).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+$/);
    const result = JSON.parse(lines.at(-1) ?? '');
    expect(result).toEqual({
      jobs: 12,
      ran: 12,
      lost: 0,
      ranTwice: 0,
      runnersLeft: 0,
      registrationsLeft: 0,
      peakRunners: expect.any(Number),
      limit: 20,
      waitSeconds: { p50: expect.any(Number), p95: expect.any(Number) },
      seconds: expect.any(Number),
    });
    expect(result.peakRunners).toBeGreaterThan(0);
    expect(result.peakRunners).toBeLessThanOrEqual(20);
    expect(result.waitSeconds.p95).toBeGreaterThanOrEqual(result.waitSeconds.p50);
    expect([code, demo.errors()]).toEqual([0, '']);
  },
  150_000,
);
