import { after, type Instant } from '../../core/instant.ts';
import type { FaultSite } from './fault.ts';

/** A span of time in which something is wrong. */
export interface Incident<What> {
  readonly what: What;
  readonly startAt: Instant;
  readonly endAt: Instant;
}

export interface Incidents<What> {
  /** Undefined: all is well now. */
  now(): Incident<What> | undefined;
  /** The same, and somebody feels it: counted once an incident. */
  felt(): Incident<What> | undefined;
}

export interface IncidentPace {
  /** Of a quiet time on average, at full intensity. */
  readonly quietSeconds: number;
  readonly lastsSeconds: readonly [least: number, most: number];
}

/** Bad times with good ones between, none longer than faults may act. `draw`: what this one is. */
export function incidents<What>(site: FaultSite, pace: IncidentPace, draw: () => What): Incidents<What> {
  const { time, chance, intensity, hit } = site;
  const next = (quietFrom: Instant): Incident<What> => {
    const startAt = after(quietFrom, chance.exponential(pace.quietSeconds / intensity));
    const endAt = Math.min(site.endAt, after(startAt, chance.between(...pace.lastsSeconds)));
    return { startAt, endAt: Math.max(startAt, endAt), what: draw() };
  };
  let incident = next(site.startAt);
  let isCounted = false;

  const now = (): Incident<What> | undefined => {
    while (time.now() >= incident.endAt && incident.startAt < site.endAt) {
      incident = next(incident.endAt);
      isCounted = false;
    }
    return time.now() >= incident.startAt && time.now() < incident.endAt ? incident : undefined;
  };
  return {
    now,
    felt() {
      const current = now();
      if (current !== undefined && !isCounted) {
        isCounted = true;
        hit();
      }
      return current;
    },
  };
}
