import type { Instant } from '../../core/instant.ts';
import type { Witness } from '../facts.ts';
import type { RunResult, TimelinePoint } from '../result.ts';
import { cost } from './cost.ts';
import { type HistogramData, percentilesOf } from './histogram.ts';
import { readiness } from './readiness.ts';
import { runnerTime } from './runner-time.ts';
import { type Tallies, tallies } from './tallies.ts';
import { timeline } from './timeline.ts';
import { waitStages } from './wait-stages.ts';
import { waits } from './waits.ts';
import type { ReadyWanted } from './wanted-idle-cost.ts';

export interface MeasuresOptions {
  /** What a machine of that type costs on demand: Spot is compared with it. */
  readonly onDemandDollarsAnHour: (type: string) => number;
  readonly readyWanted: ReadyWanted;
}

/** The part of a run's result that facts alone tell. */
export type MeasuredResult = ReturnType<Tallies['figures']> &
  Pick<RunResult, 'runnerSeconds' | 'cost' | 'readiness' | 'waitStages' | 'waitSeconds' | 'peakRunners'>;

/** Plain data, all of it: for another thread, or a file. */
export interface MeasuredFigures {
  readonly result: MeasuredResult;
  readonly timeline: readonly TimelinePoint[];
  /** Beside the percentiles, so that those of several seeds together can be told. */
  readonly waits: HistogramData;
}

/** Everything that is measured of one run. */
export interface Measures {
  readonly witness: Witness;
  /** Up to an instant that is not before the last fact. */
  figures(at: Instant): MeasuredFigures;
}

export function measures(options: MeasuresOptions): Measures {
  const all = allOf(options);
  const { waits, waitStages, runnerTime, cost, readiness, timeline, tallies } = all;
  return {
    witness(fact, at) {
      waits.hear(fact, at);
      waitStages.hear(fact, at);
      runnerTime.hear(fact, at);
      cost.hear(fact, at);
      readiness.hear(fact, at);
      timeline.hear(fact, at);
      tallies.hear(fact, at);
    },
    figures: (at) => ({ result: resultOf(all, at), timeline: timeline.points(at), waits: waits.data() }),
  };
}

const allOf = ({ onDemandDollarsAnHour, readyWanted }: MeasuresOptions) => ({
  waits: waits(),
  waitStages: waitStages(),
  runnerTime: runnerTime(),
  cost: cost(onDemandDollarsAnHour),
  readiness: readiness(readyWanted),
  timeline: timeline(),
  tallies: tallies(),
});

const resultOf = (all: ReturnType<typeof allOf>, at: Instant): MeasuredResult => ({
  ...all.tallies.figures(),
  runnerSeconds: all.runnerTime.figures(at),
  cost: all.cost.figures(at),
  readiness: all.readiness.figures(at),
  waitStages: all.waitStages.figures(),
  waitSeconds: percentilesOf(all.waits.data()),
  peakRunners: all.timeline.peakRunners(),
});
