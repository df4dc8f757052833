import { messageOf } from '../../core/errors.ts';
import type { HostEndReason } from '../../core/host-plan.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OwnHost } from '../../ports/hosts.ts';
import type { Log } from '../../ports/log.ts';
import type { Machine } from '../../ports/machine.ts';

/** Why a machine ends without having been a runner, beside what the host function itself finds. */
export type BootFailure = 'bad-configuration' | 'no-identity' | 'no-runner' | 'runner-deprecated';

const withoutJob: ReadonlySet<string> = new Set([
  'boot-limit',
  'start-failed',
  'grant-void',
  'grant-lost',
  'runner-exited',
  'runner-deprecated',
] satisfies readonly (HostEndReason | BootFailure)[]);

/** The end does not wait longer for a table that is away. */
const wordLimitSeconds = 10;

export interface LastWord {
  readonly own: OwnHost;
  readonly clock: Clock;
  readonly log: Log;
}

/** A machine that leaves word of why it never worked, in its row, before it ends. */
export const endingWithWord = (machine: Machine, word: LastWord): Machine => ({
  ...machine,
  end: async (reason) => {
    word.log.info('this machine ends', { instance: machine.instanceId, reason });
    if (withoutJob.has(reason)) await sayLast(word, reason);
    await machine.end(reason);
  },
});

/** Whatever comes of it, the machine ends all the same. */
export async function sayLast({ own, clock, log }: LastWord, reason: string): Promise<void> {
  const now = clock.now();
  // Beyond the counter of a lease that was written in this very second.
  const lease = { counter: Math.floor(now / 1000) + 1, sees: 'done', since: now, at: now, reason } as const;
  const said = own.renew(lease).catch((thrown: unknown) => {
    log.warn('host could not leave word', { reason: messageOf(thrown) });
  });
  await Promise.race([said, clock.sleep(wordLimitSeconds)]);
}
