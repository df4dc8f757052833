import type { Config } from '../../core/config.ts';
import { parseConfig } from '../../core/parse-config.ts';
import type { Chance } from '../engine/chance.ts';
import { drawFleet } from './draw-fleet.ts';
import { exampleConfigFile } from './example-config.ts';

/** The second one's runners have every label of the first, so that they may take its jobs. */
const labelSets = [
  ['self-hosted', 'linux', 'x64'],
  ['self-hosted', 'linux', 'x64', 'large'],
  ['self-hosted', 'linux', 'arm64'],
] as const;

/** A deployment that somebody might have, options and all. `bootSeconds`: what its machines take. */
export function drawConfig(dice: Chance, bootSeconds: number): Config {
  const limit = dice.happens(0.3) ? dice.whole(1, 25) : -1;
  const count = dice.whole(1, labelSets.length);
  const first = dice.happens(0.5) ? labelSets : [labelSets[0], labelSets[2], labelSets[1]];
  const fleets = first.slice(0, count).map((labels, place) => {
    const fleet = drawFleet(dice.stream(`fleet ${place}`), { deploymentLimit: limit, bootSeconds });
    return [labels.slice(2).join('-'), { ...fleet, labels, priority: 100 + labels.length }];
  });
  return parseConfig({
    ...exampleConfigFile,
    runnersMaximumCount: limit,
    fleets: Object.fromEntries(fleets),
  });
}
