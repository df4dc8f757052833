import { after } from '../../core/instant.ts';
import type { Fault } from './fault.ts';
import { bringForeignJob } from './foreign-jobs.ts';

/** A list is read to its end, the rest of a pass is done, and only then what was decided on it. */
const soonSeconds = [0.1, 3] as const;
/** A runner that has waited so long is one that is decided on. */
const longIdleSeconds = 900;

export const handOutAfterListing: Fault = {
  name: 'hand-out-after-listing',
  sentence: 'A runner that has long been idle is given a job in the moment after the forge called it so.',
  begin: (site) => {
    const { chance, time } = site;
    return {
      ofListing: ({ isBusy, sinceSeconds }) => {
        if (isBusy || sinceSeconds < longIdleSeconds || !chance.happens(0.4 * site.intensity)) return undefined;
        time.at(after(time.now(), chance.between(...soonSeconds)), () => bringForeignJob(site));
        return undefined;
      },
    };
  },
};
