import type { Chance } from '../engine/chance.ts';

/** Some fleet's labels as a workflow writes them: now and then in capitals, or not all of them. They match it still. */
export function labelsAsWritten(labelSets: readonly (readonly string[])[], chance: Chance): readonly string[] {
  const labels = labelSetOf(labelSets, chance);
  const habit = chance.fraction();
  if (habit < 0.1) return labels.map(inCapitals);
  if (habit < 0.2 && labels.length > 1) return withoutOne(labels, chance);
  return labels;
}

/** The first one is the busy one: most jobs ask for what is called just linux. */
const labelSetOf = (labelSets: readonly (readonly string[])[], chance: Chance): readonly string[] =>
  chance.happens(0.6) ? (labelSets[0] as readonly string[]) : chance.pick(labelSets);

/** Of plain letters alone: others are not sure to come back when they are compared in small ones. */
const inCapitals = (label: string): string => label.replace(/[a-z]+/g, (letters) => letters.toUpperCase());

function withoutOne(labels: readonly string[], chance: Chance): readonly string[] {
  const left = chance.whole(0, labels.length - 1);
  return labels.filter((_, place) => place !== left);
}
