import type { WaitStages } from '../result.ts';
import { aJob, type ReportRun } from './report-input.ts';

/** A part of waiting: what it is called, what happens in it, and what makes it shorter. */
export interface Stage {
  readonly key: keyof WaitStages;
  readonly title: string;
  readonly explanation: string;
}

/** In the order in which a job goes through them. */
export const stages: readonly Stage[] = [
  {
    key: 'event',
    title: 'Event',
    explanation: 'Until the forge’s event told us of the job; where that was lost, the sweep found it.',
  },
  {
    key: 'delay',
    title: 'Delay',
    explanation:
      'Until a scale-up looked: the configured delay, in which an idle runner may take the job, and the queue.',
  },
  {
    key: 'decision',
    title: 'Decision',
    explanation: 'Until its machine was asked for. Waiting at a limit, for capacity or for the forge’s budget is here.',
  },
  { key: 'ec2', title: 'EC2', explanation: 'Until EC2 called the machine running.' },
  {
    key: 'boot',
    title: 'Boot',
    explanation: 'Until its runner listened. A leaner image shortens it; a pool takes it out of the way.',
  },
  {
    key: 'assignment',
    title: 'Assignment',
    explanation:
      'Until the forge handed the job out and the runner began. Waiting for a runner that takes one job after another is here.',
  },
];

export const stageSeconds = (run: ReportRun, { key }: Stage): number | undefined =>
  aJob(run, run.result.waitStages[key]);

/** All stages of a job's waiting, on average. */
export const meanWaitSeconds = (run: ReportRun): number | undefined =>
  aJob(
    run,
    stages.reduce((sum, { key }) => sum + run.result.waitStages[key], 0),
  );
