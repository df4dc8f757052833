import { appendFileSync } from 'node:fs';
import { type BootMark, type BootStage, type BootStages, bootSeconds, bootStages } from '../../../core/boot-stages.ts';
import type { Instant } from '../../../core/instant.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { OwnHost } from '../../../ports/hosts.ts';
import type { Log } from '../../../ports/log.ts';
import { headOf } from '../../process/head-of-file.ts';

export interface BootRecordOptions {
  /** The boot script's marks, and the agent's behind them: an agent that is started anew goes on with them. */
  readonly file: string;
  /** What the runner prints. */
  readonly runnerLog: string;
  readonly startedAt: Instant;
  readonly clock: Clock;
  readonly log: Log;
}

export interface BootRecord {
  note(stage: BootStage): void;
  /** Says once in the log how long each stage took, as soon as the runner listens. */
  lookForListener(): void;
  stages(): BootStages;
}

/** GitHub's runner says either once it is connected, with the time before it. */
const listening = /^(?:(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\dZ): )?(?:Listening for Jobs|Running job)/m;

export function bootRecord({ file, runnerLog, startedAt, clock, log }: BootRecordOptions): BootRecord {
  const marks = [...readMarks(file)];
  const has = (stage: BootStage): boolean => marks.some((mark) => mark.stage === stage);
  const note = (stage: BootStage, at = clock.now()): void => {
    if (has(stage)) return;
    marks.push({ stage, at });
    try {
      appendFileSync(file, `${stage} ${at / 1000}\n`, { mode: 0o600 });
    } catch {
      // It is known here, and an agent that is started anew does without it.
    }
  };
  const stages = (): BootStages => bootStages(startedAt, marks);
  return {
    note,
    stages,
    lookForListener: () => {
      if (has('runner') || !has('grant')) return;
      const said = listening.exec(headOf(runnerLog));
      if (!said) return;
      const at = Date.parse(`${said[1]}T${said[2]}`);
      note('runner', Number.isFinite(at) ? Math.min(at + 999, clock.now()) : clock.now());
      log.info('boot', { seconds: bootSeconds(stages()), ...stages() });
    },
  };
}

/** The machine's own row, which is told of the boot with each lease, and knows when the grant was taken. */
export const tellingBoot = (own: OwnHost, boot: BootRecord): OwnHost => ({
  ...own,
  takeGrant: async () => {
    const grant = await own.takeGrant();
    if (grant) boot.note('grant');
    return grant;
  },
  renew: (lease) => {
    boot.lookForListener();
    return own.renew({ ...lease, boot: boot.stages() });
  },
});

function readMarks(file: string): readonly BootMark[] {
  const lines = headOf(file).split('\n');
  const marks = lines.map((line) => {
    const [stage = '', seconds] = line.split(' ');
    return { stage, at: Number(seconds) * 1000 };
  });
  return marks.filter(({ at }) => Number.isFinite(at));
}
