import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { isOver, isSoon } from '../trial/live-town.ts';
import { countJobs } from '../trial/trial-result.ts';
import { type TrialTown, trialTown } from '../trial/trial-town.ts';

const timeScale = 120;
const hourSeconds = 3600 / timeScale;
const jobs = 50;
let town: TrialTown;
afterAll(() => town?.stop());

test('an hour without any machine to be had loses nothing and heats nothing', async () => {
  town = await trialTown({ limit: 16, timeScale, machines: 'played' });
  town.ec2.setCapacity({ machines: 0 });
  town.github.addJobs({ count: jobs, seconds: 0.2 });
  await sleep(hourSeconds * 1000);

  const { CreateFleet = 0, ...others } = town.ec2.counts().byAction;
  expect(CreateFleet).toBeGreaterThan(0);
  // The pauses of an hour, doubled up to their last, and two markets' worth of calls at each of them.
  expect(CreateFleet).toBeLessThan(60);
  expect(others.CreateTags).toBeUndefined();
  expect(town.github.runners()).toEqual([]);
  expect(await town.deployment.deadLetters()).toBe(0);

  town.ec2.clearFaults();
  town.ec2.setCapacity({ machines: null });
  expect(await isSoon(() => isOver(town), 300)).toBe(true);
  expect(countJobs(town.github.jobs())).toEqual({ jobs, ran: jobs, lost: 0, ranTwice: 0 });
  expect(await town.deployment.deadLetters()).toBe(0);
}, 600_000);
