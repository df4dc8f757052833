import { type Chance, chance } from '../../src/simulator/engine/chance.ts';
import type { Tally, TimelinePoint } from '../../src/simulator/result.ts';

const monday = Date.UTC(2026, 2, 2);
const minutesAWeek = 7 * 24 * 60;
const stepMinutes = 20;

interface OfficeWeek {
  readonly timeline: readonly TimelinePoint[];
  /** One per job, in seconds. */
  readonly waits: readonly number[];
  readonly readyWaits: number;
  readonly peakRunners: number;
  readonly runnerSeconds: Tally['runnerSeconds'];
}

/** A minute at a time: people come in the morning, have lunch, go home; a merge train comes now and then. */
export function officeWeek(seed: number, limit: number, ready: number): OfficeWeek {
  const office = fleet(chance(seed), limit);
  const minutes: TimelinePoint[] = [];
  for (let minute = 0; minute < minutesAWeek; minute++) {
    office.pass(minute, isOffice(minute) ? ready : 0);
    minutes.push({ at: monday + minute * 60_000, ...office.levels() });
  }
  const sum = (of: (point: TimelinePoint) => number): number =>
    minutes.reduce((seconds, point) => seconds + of(point) * 60, 0);
  return {
    timeline: stepsOf(minutes),
    waits: office.waits,
    readyWaits: office.readyWaits(),
    peakRunners: Math.max(...minutes.map(({ booting, idle, busy }) => booting + idle + busy)),
    runnerSeconds: {
      boot: sum(({ booting }) => booting),
      idle: sum(({ idle }) => idle),
      busy: sum(({ busy }) => busy),
    },
  };
}

/** Runners of one kind, with jobs that come by chance. */
function fleet(dice: Chance, limit: number) {
  const waits: number[] = [];
  const queue: number[] = [];
  let [booting, busy]: [number[], number[]] = [[], []];
  let [idle, readyWaits] = [0, 0];

  const begin = (minute: number, wait: number): void => {
    idle -= 1;
    waits.push(wait);
    busy.push(minute + 1 + dice.lognormal(6, 0.7));
  };
  const come = (minute: number, isReady: boolean): void => {
    if (idle === 0 || queue.length > 0 || !isReady) queue.push(minute);
    else {
      readyWaits += 1;
      begin(minute, dice.lognormal(7, 0.4));
    }
  };

  return {
    waits,
    readyWaits: () => readyWaits,
    levels: () => ({ waiting: queue.length, booting: booting.length, idle, busy: busy.length }),
    pass(minute: number, target: number): void {
      busy = busy.filter((end) => end > minute);
      idle += booting.filter((end) => end <= minute).length;
      booting = booting.filter((end) => end > minute);
      for (let coming = jobsIn(minute, dice); coming > 0; coming--) come(minute, target > 0);
      while (idle > 0 && queue.length > 0) {
        const queued = queue.shift() ?? minute;
        begin(minute, (minute - queued) * 60 - dice.between(0, 55) + dice.lognormal(14, 0.5));
      }
      // What nobody took goes after some minutes.
      while (idle > target && dice.happens(0.3)) idle -= 1;
      const wanted = queue.length + target - booting.length - idle;
      const room = limit - booting.length - idle - busy.length;
      for (let more = Math.min(wanted, room); more > 0; more--) booting.push(minute + (dice.happens(0.4) ? 2 : 1));
    },
  };
}

/** As a simulation tells it: for each step the most that waited, and machines on average. */
function stepsOf(minutes: readonly TimelinePoint[]): readonly TimelinePoint[] {
  const steps = Array.from({ length: minutes.length / stepMinutes }, (_, step) =>
    minutes.slice(step * stepMinutes, (step + 1) * stepMinutes),
  );
  return steps.map((points) => {
    const mean = (of: (point: TimelinePoint) => number): number =>
      points.reduce((sum, point) => sum + of(point), 0) / points.length;
    return {
      at: points[0]?.at ?? 0,
      waiting: Math.max(...points.map(({ waiting }) => waiting)),
      booting: mean(({ booting }) => booting),
      idle: mean(({ idle }) => idle),
      busy: mean(({ busy }) => busy),
    };
  });
}

const hourOf = (minute: number): number => (minute / 60) % 24;
const isWorkday = (minute: number): boolean => minute < 5 * 24 * 60;
const isOffice = (minute: number): boolean => isWorkday(minute) && hourOf(minute) >= 7 && hourOf(minute) < 19;

function jobsIn(minute: number, dice: Chance): number {
  const around = (peak: number, width: number): number => Math.exp(-(((hourOf(minute) - peak) / width) ** 2));
  const rate = isWorkday(minute) ? 0.08 + 1.9 * around(10.5, 1.7) + 2.2 * around(15, 2.1) : 0.06;
  let count = isOffice(minute) && dice.happens(0.004) ? dice.whole(15, 60) : 0;
  for (let left = dice.exponential(1); left < rate; left += dice.exponential(1)) count += 1;
  return count;
}
