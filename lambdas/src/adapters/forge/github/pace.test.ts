import { describe, expect, test } from '@jest/globals';
import { leapingClock, startAt } from '../../../../tests/github/scripted-github.ts';
import { ThrottledError } from '../../../core/errors.ts';
import { manualClock } from '../../clock/manual-clock.ts';
import { atOnce, spaced } from './pace.ts';

describe('spaced', () => {
  test('lets the first start at once, and the others one after the other', async () => {
    const clock = manualClock({ start: startAt });
    const write = spaced(clock, 4, 60).key('app-7');
    const starts: number[] = [];
    const writes = [1, 2, 3].map(() => write.schedule({}, async () => void starts.push(clock.now() - startAt)));
    await clock.advance(1);
    await Promise.all(writes);
    expect(starts).toEqual([0, 250, 500]);
  });

  test('rests are not saved up', async () => {
    const clock = leapingClock();
    const write = spaced(clock, 2, 60).key('app-7');
    const startedAt = () => write.schedule({}, async () => clock.now() - startAt);
    await startedAt();
    await clock.sleep(10);
    expect([await startedAt(), await startedAt()]).toEqual([10_000, 10_500]);
  });

  test('refuses whose turn is too far away, and takes no turn for it', async () => {
    const clock = manualClock({ start: startAt });
    const write = spaced(clock, 1, 1).key('app-7');
    const turns = [1, 2].map(() => write.schedule({}, async () => undefined));
    for (let i = 0; i < 2; i++) {
      const refusal = await write.schedule({}, async () => undefined).catch((thrown) => thrown);
      expect(refusal).toBeInstanceOf(ThrottledError);
      expect(refusal.retryAt).toBe(startAt + 2000);
    }
    await clock.advance(1);
    await Promise.all(turns);
  });
});

describe('atOnce', () => {
  test('holds back what is too many, and hands on turns even from failures', async () => {
    const gate = atOnce(2).key('app-7');
    const done: number[] = [];
    const ends: (() => void)[] = [];
    const run = (n: number) =>
      gate.schedule({}, () => new Promise<void>((resolve, reject) => ends.push(n === 1 ? reject : resolve)));
    const runs = [1, 2, 3, 4].map((n) =>
      run(n).then(
        () => done.push(n),
        () => done.push(-n),
      ),
    );

    await Promise.resolve();
    for (let i = 0; i < 4; i++) {
      expect(ends.length - i).toBeLessThanOrEqual(2);
      ends[i]?.();
      await new Promise(setImmediate);
    }
    await Promise.all(runs);
    expect(done).toEqual([-1, 2, 3, 4]);
  });
});
