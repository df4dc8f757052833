import type { Fault } from './fault.ts';
import { bringForeignJob } from './foreign-jobs.ts';

/** Seen at GitHub: the DELETE is answered 204, and the job goes on and ends well. */
export const removalsSucceed: Fault = {
  name: 'removals-succeed',
  sentence: 'The forge removes a runner that works, and its job goes on.',
  begin: (site) => ({
    ofRemoval: ({ name, isBusy }) => {
      if (!site.chance.happens(0.8 * site.intensity)) return undefined;
      if (isBusy) site.hit(name);
      // A job that comes in this very moment: seldom by itself, so it is made to.
      else bringForeignJob(site);
      return 'removes-busy';
    },
  }),
};
