import type { Instant } from '../../core/instant.ts';

/** How many runners a pool or an idle window of that fleet asks to have ready. Asked for whole minutes, as schedules go. */
export type ReadyWanted = (fleet: string, at: Instant) => number;

/** Adds up what idle machines cost while somebody wanted them idle. */
export interface WantedIdleCost {
  begin(fleet: string, dollarsAnHour: number, at: Instant): void;
  end(fleet: string, dollarsAnHour: number, at: Instant): void;
  dollars(at: Instant): number;
}

interface Meter {
  machines: number;
  dollarsAnHour: number;
  /** Up to when it is added up. */
  since: Instant;
  minute: Instant;
  isWanted: boolean;
}

const minute = 60_000;
const hour = 60 * minute;

/** All idle machines of a fleet run up one meter, so that a schedule is asked once a minute and not for each of them. */
export function wantedIdleCost(readyWanted: ReadyWanted): WantedIdleCost {
  const meters = new Map<string, Meter>();
  let sum = 0;

  const addUp = (fleet: string, meter: Meter, at: Instant): void => {
    if (meter.machines === 0) meter.since = at;
    while (meter.since < at) {
      const begun = Math.floor(meter.since / minute) * minute;
      if (meter.minute !== begun) {
        meter.minute = begun;
        meter.isWanted = readyWanted(fleet, begun) > 0;
      }
      const until = Math.min(at, begun + minute);
      if (meter.isWanted) sum += (meter.dollarsAnHour * (until - meter.since)) / hour;
      meter.since = until;
    }
  };

  const meterAt = (fleet: string, at: Instant): Meter => {
    let meter = meters.get(fleet);
    if (meter === undefined) {
      meter = { machines: 0, dollarsAnHour: 0, since: at, minute: Number.NEGATIVE_INFINITY, isWanted: false };
      meters.set(fleet, meter);
    }
    addUp(fleet, meter, at);
    return meter;
  };

  return {
    begin(fleet, dollarsAnHour, at) {
      const meter = meterAt(fleet, at);
      meter.machines += 1;
      meter.dollarsAnHour += dollarsAnHour;
    },
    end(fleet, dollarsAnHour, at) {
      const meter = meterAt(fleet, at);
      meter.machines -= 1;
      // What additions and subtractions of fractions leave over is nobody's.
      meter.dollarsAnHour = meter.machines === 0 ? 0 : meter.dollarsAnHour - dollarsAnHour;
    },
    dollars(at) {
      for (const [fleet, meter] of meters) addUp(fleet, meter, at);
      return sum;
    },
  };
}
