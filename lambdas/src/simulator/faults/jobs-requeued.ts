import type { Fault } from './fault.ts';

export const jobsRequeued: Fault = {
  name: 'jobs-requeued',
  sentence:
    'A runner does not take up the job that it was given, and the forge, which may have said that it runs, queues it again after a minute.',
  begin: ({ chance, intensity, hit }) => ({
    ofAssignment: (runner) => {
      if (!chance.happens(0.25 * intensity)) return undefined;
      hit(runner);
      return chance.happens(0.6) ? 'only-said-to-run' : 'not-taken-up';
    },
  }),
};
