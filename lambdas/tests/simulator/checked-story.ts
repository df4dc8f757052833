import { documentedTiming } from '../../src/core/timing.ts';
import type { CheckedRun, MakeCheck } from '../../src/simulator/checks/check.ts';
import { at, type Told, tell } from '../../src/simulator/measures/testbed.ts';
import type { Breach } from '../../src/simulator/result.ts';
import { fleet } from '../fleet.ts';

/** One fleet that takes ten machines, in a world that is well from the start. */
export const aRun = (different: Partial<CheckedRun> = {}): CheckedRun => ({
  fleets: () => [fleet({ name: 'linux', labels: ['linux'], runnersMaximumCount: 10 })],
  deploymentLimit: () => -1,
  timing: documentedTiming,
  faultsEndAt: at(0),
  ...different,
});

/** What a check says of a story; with `endSeconds`, at its end. */
export function breachesIn(
  make: MakeCheck,
  story: readonly Told[],
  { run = aRun(), endSeconds }: { readonly run?: CheckedRun; readonly endSeconds?: number } = {},
): readonly Breach[] {
  const check = make(run);
  tell(check.witness, ...story);
  return check.breaches(endSeconds === undefined ? undefined : at(endSeconds));
}
