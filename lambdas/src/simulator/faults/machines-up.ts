import type { SimMachine } from '../world/machine.ts';
import type { FaultSite } from './fault.ts';

/** The machines whose system runs: on the others nothing is left that could go wrong. */
export const machinesUp = ({ world }: FaultSite): readonly SimMachine[] =>
  [...world().machines.values()].filter(({ isUp }) => isUp);
