import { after } from '../../core/instant.ts';
import type { FaultSite } from './fault.ts';

/** Strikes at random moments, so long apart on average at full intensity, until faults end. */
export function nowAndThen(
  { time, chance, intensity, endAt }: FaultSite,
  meanSeconds: number,
  strike: () => void,
): void {
  const next = (): void => {
    const at = after(time.now(), chance.exponential(meanSeconds / intensity));
    if (at >= endAt) return;
    time.at(at, () => {
      strike();
      next();
    });
  };
  next();
}
