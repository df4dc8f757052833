import type { Config } from './config.ts';
import { overlapSentence, overlaps } from './overlap.ts';
import { holdsForSingleMinutes, parseSchedule } from './schedule.ts';

/** What is allowed, and probably not meant. One sentence each. */
export function configWarnings({ fleets }: Config): readonly string[] {
  const windows = fleets.flatMap(({ name, idleConfig }) =>
    idleConfig.flatMap(({ cron, timeZone }, place) =>
      holdsForSingleMinutes(parseSchedule(cron, timeZone))
        ? [
            `fleets.${name}.idleConfig[${place}].cron: ${cron} holds for single minutes, and idle runners leave between them: write * for the minute, as in "* 9-17 * * 1-5".`,
          ]
        : [],
    ),
  );
  return [...overlaps(fleets).map(overlapSentence), ...windows];
}
