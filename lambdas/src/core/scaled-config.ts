import type { Config, FleetConfig } from './config.ts';

/** What a busy laptop needs to start a process; shorter, and a slow one would look like one that never came. */
const bootFloorMinutes = 0.5;
const firstJobFloorMinutes = 0.1;

/** The same fleets with their minutes divided, for a demo. A factor of 1 changes nothing. */
export const scaledConfig = (config: Config, factor: number): Config =>
  factor === 1 ? config : { ...config, fleets: config.fleets.map((fleet) => scaledFleet(fleet, factor)) };

function scaledFleet(fleet: FleetConfig, factor: number): FleetConfig {
  const scaled = (minutes: number, floor: number): number => Math.min(minutes, Math.max(minutes / factor, floor));
  return {
    ...fleet,
    minimumRunningTimeMinutes: scaled(fleet.minimumRunningTimeMinutes, 0),
    runnerBootTimeMinutes: scaled(fleet.runnerBootTimeMinutes, bootFloorMinutes),
    firstJobMinutes: scaled(fleet.firstJobMinutes, firstJobFloorMinutes),
  };
}
