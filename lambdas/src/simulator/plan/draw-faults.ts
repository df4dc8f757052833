import type { Chance } from '../engine/chance.ts';
import { everyFault } from '../faults/every-fault.ts';
import type { WantedFaults } from './scenario.ts';

/** How many of all faults there are, and how hard they strike. */
const levels = {
  light: { share: 1 / 3, intensity: [0.05, 0.2] },
  heavy: { share: 1 / 2, intensity: [0.2, 1] },
} as const;

/** Faults by name, each with its intensity. Each has a stream of its own, so that a new fault changes no other. */
export function drawFaults(wanted: WantedFaults, dice: Chance): ReadonlyMap<string, number> {
  if (wanted === 'none') return new Map();
  if (wanted !== 'light' && wanted !== 'heavy') return new Map(wanted.map((name) => [name, 1]));
  const { share, intensity } = levels[wanted];
  const [least, most] = intensity;
  return new Map(
    everyFault.flatMap(({ name }) => {
      const own = dice.stream(name);
      return own.happens(share) ? [[name, own.between(least, most)] as const] : [];
    }),
  );
}
