import { fleetFor } from '../../core/match.ts';
import { applicantOf } from '../../simulator/checks/applicant.ts';
import { drawPlan } from '../../simulator/plan/draw-plan.ts';
import { figureText } from '../../simulator/report/number-text.ts';
import type { RunPlan } from '../../simulator/run-plan.ts';
import { isListed, onDemandDollarsAnHour } from '../../simulator/world/prices.ts';
import type { SimulateOptions } from './options.ts';
import type { NamedScenario } from './read-scenarios.ts';

/** So many of a kind are named; the others are counted. */
const namedLimit = 3;

/**
 * What a user should know before believing the figures: jobs of the trace that are no part of the run or that no fleet
 * takes, and prices that are guesses or go unused.
 */
export function remarksOf(all: readonly NamedScenario[], { seed, trace }: SimulateOptions): readonly string[] {
  // Once each: it reads a trace of millions of jobs.
  const plans = all.map((named) => ({ named, plan: drawPlan(seed, named.scenario) }));
  const remarks = plans.flatMap(({ named, plan }) => {
    const ofTrace = trace === undefined ? [] : [...leftOut(plan), ...unmatched(named.name, plan)];
    return [...ofTrace, ...(named.configFile === undefined ? [] : guessedPrices(plan))];
  });
  const used = new Set(plans.flatMap(({ plan }) => typesOf(plan)));
  const unused = Object.keys(all[0]?.scenario.prices ?? {}).filter((type) => !used.has(type));
  const ofPrices = unused.map((type) => `--prices: no fleet has machines of type ${type}.`);
  return [...new Set([...remarks, ...ofPrices])];
}

const typesOf = ({ config }: RunPlan): readonly string[] => config.fleets.flatMap(({ instanceTypes }) => instanceTypes);

function leftOut({ workload }: RunPlan): readonly string[] {
  const reasons = [...(workload.leftOut ?? [])].map(([why, count]) => `${count} × ${why}`);
  return reasons.length === 0 ? [] : [`--trace ${workload.name}: left out are ${reasons.join(', ')}.`];
}

/** By their labels, the most first. */
function unmatched(name: string, { workload, config }: RunPlan): readonly string[] {
  const counts = new Map<string, number>();
  for (const job of workload.jobs()) {
    if (fleetFor(applicantOf(job), config.fleets) !== undefined) continue;
    const labels = job.labels.join(' ');
    counts.set(labels, (counts.get(labels) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const most = [...counts].sort(([, one], [, other]) => other - one);
  const named = most.slice(0, namedLimit).map(([labels, count]) => `${count} × ${labels}`);
  const more = most.length > namedLimit ? `, and ${most.length - namedLimit} other sets of labels` : '';
  return [`--trace ${workload.name}: no fleet of ${name} takes ${named.join(', ')}${more}.`];
}

/** A machine that is no instance of EC2's, a process here, has no price that anybody would look for. */
function guessedPrices(plan: RunPlan): readonly string[] {
  return typesOf(plan)
    .filter((type) => type.includes('.') && !isListed(type, plan.prices))
    .map((type) => {
      const dollars = figureText(onDemandDollarsAnHour(type, plan.prices), 'dollars');
      return `${type} has no price here and is taken for ${dollars} an hour: --prices brings yours.`;
    });
}
