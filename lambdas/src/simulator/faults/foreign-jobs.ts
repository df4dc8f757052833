import type { Fault, FaultSite } from './fault.ts';
import { nowAndThen } from './now-and-then.ts';

const durationMedianSeconds = 180;

/** A job with the labels of one of our fleets, of a repository that was never told to tell us. */
export function bringForeignJob({ chance, world, config, hit }: FaultSite): void {
  const fleets = config().fleets.filter(({ scope }) => scope === 'org');
  const [repo] = world().office.repositories;
  if (fleets.length === 0 || repo === undefined) return;
  const planned = {
    atSeconds: 0,
    durationSeconds: chance.lognormal(durationMedianSeconds, 1),
    labels: chance.pick(fleets).labels,
    repo: `${repo.split('/')[0]}/foreign`,
    // Whoever waits for a runner that nobody launches gives up.
    cancelAfterSeconds: chance.between(600, 1800),
  };
  hit();
  world().office.add(planned, 'foreign');
}

export const foreignJobs: Fault = {
  name: 'foreign-jobs',
  sentence: 'Jobs that nobody tells us of take our runners.',
  begin: (site) => {
    nowAndThen(site, 120, () => bringForeignJob(site));
    return {};
  },
};
