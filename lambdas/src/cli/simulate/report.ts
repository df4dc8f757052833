import { closeSync, openSync, writeFileSync } from 'node:fs';
import { messageOf } from '../../core/errors.ts';
import type { OutcomeSum } from '../../simulator/campaign/outcome-sum.ts';
import { barsOf } from '../../simulator/measures/histogram.ts';
import { drawPlan } from '../../simulator/plan/draw-plan.ts';
import type { ReportRun, ReportRuns } from '../../simulator/report/report-input.ts';
import { reportPage } from '../../simulator/report/report-page.ts';
import type { Figures } from './figures.ts';
import { OptionError } from './option-error.ts';
import type { SimulateOptions } from './options.ts';
import type { NamedScenario } from './read-scenarios.ts';
import { replayArguments } from './replay.ts';

/** What the report says of one configuration. Where each seed drew another one, its fleets are the first seed's. */
export function reportRunOf(
  named: NamedScenario,
  options: SimulateOptions,
  sum: OutcomeSum,
  figures: Figures,
): ReportRun {
  const { workload, ...result } = figures;
  return {
    name: named.name,
    workload,
    seeds: Array.from({ length: options.seeds }, (_, place) => options.seed + place),
    replayArguments: replayArguments(named, options),
    result,
    picture: { timeline: sum.timeline, limit: sum.limit, waitHistogram: barsOf(sum.waits) },
    fleets: drawPlan(options.seed, named.scenario).config.fleets,
  };
}

/** Before anything runs, as hours may pass until there is something to write. */
export function checkWritable(file: string): void {
  try {
    closeSync(openSync(file, 'a'));
  } catch (error) {
    throw new OptionError(`--out ${file} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}

export function writeReport(file: string, runs: readonly ReportRun[]): void {
  try {
    writeFileSync(file, reportPage(runs as ReportRuns));
  } catch (error) {
    throw new OptionError(`--out ${file} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}
