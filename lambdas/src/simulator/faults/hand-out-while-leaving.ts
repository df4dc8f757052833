import type { Fault } from './fault.ts';
import { bringForeignJob } from './foreign-jobs.ts';

/** What was on its way to the runner when its registration went; far below the minute that a host stays quiet. */
const handsOutSeconds = [1, 20] as const;

export const handOutWhileLeaving: Fault = {
  name: 'hand-out-while-leaving',
  sentence: 'The forge hands a job to a runner while it removes it.',
  begin: (site) => ({
    ofRemoval: ({ isBusy }) => {
      if (isBusy || !site.chance.happens(0.8 * site.intensity)) return undefined;
      const seconds = site.chance.between(...handsOutSeconds);
      site.time.at(site.time.now() + 1000 * site.chance.between(0, seconds), () => bringForeignJob(site));
      return { handsOutSeconds: seconds };
    },
  }),
};
