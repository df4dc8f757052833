import { afterEach, expect, test } from '@jest/globals';
import { type CallerKiller, type Death, startCallerKiller } from '../../engine/caller-killer.ts';
import { isOver, isSoon } from '../trial/live-town.ts';
import { countJobs } from '../trial/trial-result.ts';
import { type TrialTown, trialTown } from '../trial/trial-town.ts';

const jobs = 6;
let town: TrialTown;
afterEach(() => town?.stop());

const deaths: readonly (readonly [Death, string])[] = [
  ['before', 'before EC2 heard of it'],
  ['unanswered', 'before it heard from EC2'],
  ['answered', 'before it could write down what came'],
];

test.each(deaths)(
  'a scale-up that is killed at its launch (%s) neither doubles nor forgets it',
  async (death) => {
    let killer: CallerKiller | undefined;
    town = await trialTown({
      limit: jobs,
      timeScale: 60,
      machines: 'played',
      // Its floor would end machines before their launch can be another's to settle, which in production takes half as long.
      fleet: { runnerBootTimeMinutes: 120 },
      beforeEc2: async (ec2Url) => {
        killer = await startCallerKiller(ec2Url, 'CreateFleet', [death]);
        return killer;
      },
    });
    town.github.addJobs({ count: jobs, seconds: 0.2 });
    expect(await isSoon(() => isOver(town), 300)).toBe(true);

    expect(killer?.killed()).toBe(1);
    expect(countJobs(town.github.jobs())).toEqual({ jobs, ran: jobs, lost: 0, ranTwice: 0 });
    // One machine a job: none was launched a second time for want of memory.
    expect(town.ec2.machines().length).toBe(jobs);
    expect(await town.deployment.deadLetters()).toBe(0);
  },
  600_000,
);
