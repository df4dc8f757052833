import type { MachineEvent } from '../../engine/ec2-proxy/machine-events.ts';
import type { Functions } from './function-calls.ts';

export interface EventTeller {
  tell(event: MachineEvent): void;
  /** Until then, nobody listens. */
  startTelling(functions: Functions): void;
}

/**
 * Hands EC2's events to the sweep, as the rules of production would: the engine's EventBridge takes none that claim to
 * come from a service of AWS. Best effort, as AWS promises no more.
 */
export function eventTeller(): EventTeller {
  let functions: Functions | undefined;
  return {
    tell(event) {
      if (functions === undefined || !isWanted(event)) return;
      functions.fire('sweep', event).catch(() => undefined);
    },
    startTelling(those) {
      functions = those;
    },
  };
}

/** By the patterns of `machinePatterns`. */
const isWanted = ({ 'detail-type': type, detail }: MachineEvent): boolean =>
  type === 'EC2 Spot Instance Interruption Warning' || detail.state === 'terminated';
