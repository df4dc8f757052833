import { drawPlan } from '../plan/draw-plan.ts';
import type { Scenario } from '../plan/scenario.ts';
import type { Breach } from '../result.ts';
import { storyOf } from './story.ts';

export interface ToldBreach {
  /** Whose configuration it is, for people. */
  readonly name: string;
  readonly scenario: Scenario;
  readonly seed: number;
  readonly breach: Breach;
  /** What to type to see it again. */
  readonly command: string;
}

/** What somebody needs who wants to know why a promise was broken: which, the story, and the command that shows it again. */
export async function tellBreach({ name, scenario, seed, breach, command }: ToldBreach): Promise<string> {
  const story = await storyOf(drawPlan(seed, scenario), breach);
  return [
    `Seed ${seed} of ${name} broke a promise, ${breach.promise}: ${breach.subject}. ${breach.what}`,
    '',
    ...story.map((line) => `  ${line}`),
    '',
    'To see it again:',
    `  ${command}`,
    '',
  ].join('\n');
}
