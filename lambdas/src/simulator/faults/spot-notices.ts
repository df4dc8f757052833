import type { Fault } from './fault.ts';
import { nowAndThen } from './now-and-then.ts';

export const spotNotices: Fault = {
  name: 'spot-notices',
  sentence: 'Spot takes machines back, most of them with two minutes notice, some without a word.',
  begin: (site) => {
    const { chance, hit } = site;
    nowAndThen(site, 240, () => {
      const { cloud } = site.world();
      const spot = [...cloud.alive.values()].filter(({ market, state }) => market === 'spot' && state === 'running');
      if (spot.length === 0) return;
      const { id } = chance.pick(spot);
      hit(id);
      // The notice is given as best it can: EC2 promises none.
      if (chance.happens(0.7)) cloud.giveNotice(id);
      else cloud.end(id, 'spot', 'Server.SpotInstanceTermination');
    });
    return {};
  },
};
