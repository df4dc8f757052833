import type { Fault } from './fault.ts';
import { nowAndThen } from './now-and-then.ts';

export const jobsDeleted: Fault = {
  name: 'jobs-deleted',
  sentence: 'Somebody deletes a waiting job: the forge does not know it any more, and tells nobody.',
  begin: (site) => {
    nowAndThen(site, 900, () => {
      const { office } = site.world();
      const jobs = [...office.repositories].flatMap(office.openJobs).filter(({ state }) => state === 'queued');
      if (jobs.length === 0) return;
      const { key } = site.chance.pick(jobs);
      site.hit(key);
      office.deleteJob(key);
    });
    return {};
  },
};
