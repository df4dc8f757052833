import { after, ageSeconds, type Instant } from '../../core/instant.ts';
import type { Breach } from '../result.ts';
import type { RunPlan } from '../run-plan.ts';
import { simulate } from '../simulate.ts';
import { type Kin, kinOf } from './kin.ts';
import { type StoryLine, storyLineOf } from './story-line.ts';

/** More is no story. */
const linesLimit = 40;
/** Of these, how many tell how it began. */
const firstLines = 15;
const nearSeconds = 120;

interface ToldLine extends StoryLine {
  readonly at: Instant;
  /** Said again before anything happened. */
  times: number;
  lastAt: Instant;
}

/**
 * What the subject of a breach went through, a line each. No run records anything: the same plan is run again, once to
 * learn who has to do with the subject, and once to listen to them.
 */
export async function storyOf(plan: RunPlan, breach: Breach): Promise<readonly string[]> {
  const relatives = kinOf(breach);
  const { startedAt } = await simulate(plan, [relatives.witness]);
  const told = await linesAbout(plan, relatives.kin(), breach.at);
  const near = told.length < linesLimit ? told : nearOnly(told);
  const words = near.map((line) => wordsOf(line, startedAt));
  return [
    ...shortened(words),
    `${clock(ageSeconds(startedAt, breach.at))}  ${breach.promise}: ${breach.subject}. ${breach.what}`,
  ];
}

async function linesAbout(plan: RunPlan, kin: Kin, until: Instant): Promise<readonly ToldLine[]> {
  const lines: ToldLine[] = [];
  const words = new Map<string, ToldLine>();
  await simulate(plan, [
    (fact, at) => {
      const said = at > until ? undefined : storyLineOf(fact, kin);
      if (said === undefined) return;
      if (said.isWord === undefined) words.clear();
      const key = `${said.who}: ${said.what}`;
      const last = words.get(key);
      if (last !== undefined) {
        last.times += 1;
        last.lastAt = at;
        return;
      }
      const line = { ...said, at, times: 1, lastAt: at };
      words.set(key, line);
      lines.push(line);
    },
  ]);
  return lines;
}

function wordsOf({ who, what, at, times, lastAt }: ToldLine, startedAt: Instant): string {
  const again = times > 1 ? ` (${times} times, until ${clock(ageSeconds(startedAt, lastAt))})` : '';
  return `${clock(ageSeconds(startedAt, at))}  ${who}: ${what}${again}`;
}

/** Of the lane's decisions, those that were made shortly before or while something happened to the subject. */
function nearOnly(lines: readonly ToldLine[]): readonly ToldLine[] {
  const ownAt = lines.filter(({ isOfLane }) => !isOfLane).map(({ at }) => at);
  const isNear = ({ at, lastAt }: ToldLine): boolean =>
    ownAt.some((own) => own >= at && own <= after(lastAt, nearSeconds));
  return lines.filter((line) => !line.isOfLane || isNear(line));
}

/** The beginning and the end of what is too long. */
function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length < linesLimit) return lines;
  const last = linesLimit - firstLines - 2;
  return [...lines.slice(0, firstLines), `… ${lines.length - firstLines - last} more …`, ...lines.slice(-last)];
}

/** Since the run began: hours, minutes, seconds. */
function clock(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `+${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}
