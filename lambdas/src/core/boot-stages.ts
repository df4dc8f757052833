import { ageSeconds, type Instant } from './instant.ts';

/** How many seconds each stage of a boot took, from the machine's beginning to a runner that listens. */
export type BootStages = Readonly<Record<string, number>>;

/** In this order. Which of them a boot has depends on what its image lacks. */
export const bootStageNames = [
  'system',
  'pre-install',
  'agent-files',
  'runner-files',
  'post-install',
  'start',
  'agent',
  'grant',
  'runner',
] as const;

export type BootStage = (typeof bootStageNames)[number];

/** When a stage was over. */
export interface BootMark {
  readonly stage: string;
  readonly at: Instant;
}

/** A clock that was set meanwhile makes no stage negative. */
export function bootStages(startedAt: Instant, marks: readonly BootMark[]): BootStages {
  const stages: Record<string, number> = {};
  let before = startedAt;
  for (const name of bootStageNames) {
    const mark = marks.find(({ stage }) => stage === name);
    if (mark === undefined) continue;
    stages[name] = roundedSeconds(Math.max(0, ageSeconds(before, mark.at)));
    before = mark.at;
  }
  return stages;
}

/** What a host says of its boot. A job can write it too: what is no stage or no time is passed over. */
export function readBootStages(said: unknown): BootStages {
  if (typeof said !== 'object' || said === null) return {};
  const told = said as Readonly<Record<string, unknown>>;
  const isTime = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value < 86_400;
  return Object.fromEntries(bootStageNames.flatMap((name) => (isTime(told[name]) ? [[name, told[name]]] : [])));
}

export const bootSeconds = (stages: BootStages): number =>
  roundedSeconds(Object.values(stages).reduce((sum, seconds) => sum + seconds, 0));

const roundedSeconds = (seconds: number): number => Math.round(seconds * 10) / 10;
