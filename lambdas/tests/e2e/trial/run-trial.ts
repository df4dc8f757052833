import { setTimeout as sleep } from 'node:timers/promises';
import { deployByTerraform } from '../terraform/terraform-deployment.ts';
import { callsByRole } from './calls-by-role.ts';
import { aliveIn, isOver } from './live-town.ts';
import type { TrialOptions } from './trial-options.ts';
import { countJobs, type TrialResult } from './trial-result.ts';
import { type TrialTown, trialTown } from './trial-town.ts';

/** Waves, as pushes and matrix builds bring them; each webhook of one may need a process of the engine's. */
const waveSize = 8;
const wavePauseSeconds = 1;
const jobSeconds = 0.5;
/** Divides every waiting time. */
export const trialTimeScale = 30;
/** Longer than all waiting times together; what has not run by then is lost. */
const patienceSeconds = 900;
const lookSeconds = 0.5;

/** Jobs from signed webhooks to terminated instances, while EC2 and the forge fail now and then, on what the root module deployed. */
export async function runTrial(options: TrialOptions): Promise<TrialResult> {
  const { limit, seed } = options;
  const town = await trialTown({
    ...{ limit, timeScale: trialTimeScale, seed, machines: 'played' },
    hasTls: true,
    deployBy: deployByTerraform,
  });
  try {
    return await runJobs(town, options);
  } finally {
    await town.stop();
  }
}

/** The same in a town that stands. */
export async function runJobs(town: TrialTown, { jobs, fail, limit, seed }: TrialOptions): Promise<TrialResult> {
  town.ec2.failAtRandom({ probability: fail, seed });
  town.github.setHabits({ serverErrors: fail });
  const startedAt = performance.now();
  const secondsSince = (): number => (performance.now() - startedAt) / 1000;
  let peakRunners = 0;
  let queued = 0;
  for (let look = 0; secondsSince() < patienceSeconds; look++) {
    if (queued < jobs && look % (wavePauseSeconds / lookSeconds) === 0) {
      const wave = Math.min(waveSize, jobs - queued);
      town.github.addJobs({ count: wave, seconds: jobSeconds });
      queued += wave;
    }
    peakRunners = Math.max(peakRunners, aliveIn(town));
    if (queued === jobs && isOver(town)) break;
    await sleep(lookSeconds * 1000);
  }
  const seconds = Math.round(secondsSince() * 10) / 10;
  return { ...(await resultOf(town, peakRunners, limit)), seconds };
}

async function resultOf(town: TrialTown, peakRunners: number, limit: number) {
  const { github, deployment } = town;
  return {
    ...countJobs(github.jobs()),
    instancesLeft: aliveIn(town),
    registrationsLeft: github.runners().length,
    peakRunners,
    limit,
    deadLetters: await deployment.deadLetters(),
    calls: { ...callsByRole(town), forge: github.callCounts },
  };
}
