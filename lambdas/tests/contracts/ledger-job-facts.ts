import { expect } from '@jest/globals';
import type { JobState } from '../../src/core/job.ts';
import type { Facts } from './contract.ts';
import { job, lane, type MakeLedger, now } from './ledger-subject.ts';

const later = (seconds: number): number => now + seconds * 1000;

export const jobFacts = (make: MakeLedger): Facts => ({
  async 'a queued job stands in its lane, and its lane among the lanes'() {
    const ledger = await make();
    expect(await ledger.record(job(1), lane, now)).toEqual({ before: undefined, after: 'queued', changed: true });
    const { jobs } = await ledger.lane(lane);
    expect(jobs).toEqual([{ key: job(1).key, ref: job(1).ref, state: 'queued', queuedAt: now + 1, launches: 0 }]);
    expect(await ledger.lanes()).toEqual([lane]);
    expect(await ledger.repositories()).toEqual(['acme/app']);
    expect((await ledger.job(job(1).key))?.lane).toEqual(lane);
  },

  async 'a done job leaves its lane and is not forgotten'() {
    const ledger = await make();
    await ledger.record(job(1), lane, now);
    await ledger.record(job(1, 'running', { runnerName: 'ci-i-1' }), lane, now);
    expect((await ledger.lane(lane)).jobs[0]).toMatchObject({ state: 'running', runnerName: 'ci-i-1' });
    await ledger.record(job(1, 'done', { conclusion: 'success' }), lane, now);
    expect((await ledger.lane(lane)).jobs).toEqual([]);
    expect((await ledger.job(job(1).key))?.job).toMatchObject({ state: 'done', conclusion: 'success' });
  },

  async 'a queued event redelivered after done raises no demand'() {
    const ledger = await make();
    await ledger.record(job(1, 'done'), lane, now);
    expect(await ledger.record(job(1), lane, now)).toMatchObject({ after: 'done', changed: false });
    expect((await ledger.lane(lane)).jobs).toEqual([]);
  },

  async 'events of one job, all at once and doubled, end in done'() {
    const ledger = await make();
    const states: readonly JobState[] = [
      'done',
      'queued',
      'running',
      'blocked',
      'queued',
      'done',
      'running',
      'blocked',
    ];
    await Promise.all(states.map((state) => ledger.record(job(1, state), lane, now)));
    expect((await ledger.job(job(1).key))?.job.state).toBe('done');
    expect((await ledger.lane(lane)).jobs).toEqual([]);
  },

  async 'a job that matches nothing waits among the unmatched, and can be put into a lane'() {
    const ledger = await make();
    await ledger.record(job(1), null, now);
    expect((await ledger.unmatchedJobs()).map((row) => row.job.key)).toEqual([job(1).key]);
    await ledger.relane(job(1).key, lane, now);
    expect(await ledger.unmatchedJobs()).toEqual([]);
    expect((await ledger.lane(lane)).jobs).toHaveLength(1);
    expect(await ledger.lanes()).toEqual([lane]);
    await ledger.relane(job(1).key, null, now);
    expect((await ledger.lane(lane)).jobs).toEqual([]);
  },

  async 'one read that disagrees is a doubt, a second one later moves the job back'() {
    const ledger = await make();
    const running = job(1, 'running', { runnerName: 'ci-i-1', startedAt: now });
    await ledger.record(running, lane, now);
    await ledger.confirm(running.key, job(1), now, 60);
    expect((await ledger.lane(lane)).jobs[0]).toMatchObject({ state: 'running', doubt: { says: 'queued', at: now } });
    await ledger.confirm(running.key, job(1), later(30), 60);
    expect((await ledger.lane(lane)).jobs[0]?.state).toBe('running');
    expect(await ledger.confirm(running.key, job(1), later(61), 60)).toMatchObject({ after: 'queued', changed: true });
    expect((await ledger.lane(lane)).jobs[0]).not.toHaveProperty('runnerName');
    // The event that was disproved, once more.
    expect(await ledger.record(running, lane, later(62))).toMatchObject({ after: 'queued', changed: false });
    expect(await ledger.record({ ...running, runnerName: 'ci-i-2' }, lane, later(63))).toMatchObject({
      after: 'running',
    });
  },

  async 'a read that agrees takes a doubt back and is remembered'() {
    const ledger = await make();
    await ledger.record(job(1), lane, now);
    await ledger.confirm(job(1).key, null, now, 60);
    await ledger.confirm(job(1).key, job(1), later(61), 60);
    const [found] = (await ledger.lane(lane)).jobs;
    expect(found).toMatchObject({ state: 'queued', readAt: later(61) });
    expect(found).not.toHaveProperty('doubt');
  },

  async 'a job that the forge twice does not know is closed, with the reason'() {
    const ledger = await make();
    await ledger.record(job(1), lane, now);
    await ledger.confirm(job(1).key, null, now, 60);
    await ledger.confirm(job(1).key, null, later(61), 60);
    expect((await ledger.lane(lane)).jobs).toEqual([]);
    expect((await ledger.job(job(1).key))?.job).toMatchObject({ state: 'done', conclusion: 'unknown-to-forge' });
  },

  async 'launches are counted for jobs that wait, and never bring one back that is done'() {
    const ledger = await make();
    await ledger.record(job(1), lane, now);
    await ledger.record(job(2), lane, now);
    const { jobs } = await ledger.lane(lane);
    await ledger.record(job(2, 'done'), lane, now);
    await ledger.countLaunches(lane, jobs, 7, later(5));
    const counted = { launches: 1, launchedForAt: later(5), workedThen: 7 };
    expect((await ledger.lane(lane)).jobs).toEqual([expect.objectContaining(counted)]);
  },

  async 'a launch whose runner another job took is counted as such by the next'() {
    const ledger = await make();
    await ledger.record(job(1), lane, now);
    const launchAt = async (worked: number) => {
      await ledger.countLaunches(lane, (await ledger.lane(lane)).jobs, worked, now);
      return (await ledger.lane(lane)).jobs;
    };
    expect((await launchAt(7))[0]).not.toHaveProperty('launchesTaken');
    expect(await launchAt(8)).toMatchObject([{ launches: 2, launchesTaken: 1, workedThen: 8 }]);
    expect(await launchAt(8)).toMatchObject([{ launches: 3, launchesTaken: 1, workedThen: 8 }]);
  },
});
