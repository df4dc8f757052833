import { ThrottledError } from '../../core/errors.ts';
import { after, ageSeconds } from '../../core/instant.ts';
import type { World } from '../world.ts';

/** A forge that named a time is asked nothing before it, by nobody who asks side by side in one pass. */
export interface ForgePause {
  /** Waits until the forge may be asked. Throws its refusal at once where this invocation will not see that time. */
  over(): Promise<void>;
  /** Whether it is a refusal with a time, which holds for all from now on. */
  isNamedBy(error: unknown): boolean;
}

export function forgePause({ clock, deadlineAt, timing }: World): ForgePause {
  const endsAt = deadlineAt ?? after(clock.now(), timing.scaleUpLimitSeconds);
  let refusal: { readonly error: ThrottledError; readonly retryAt: number } | undefined;
  return {
    async over() {
      while (refusal !== undefined && clock.now() < refusal.retryAt) {
        if (refusal.retryAt >= endsAt) throw refusal.error;
        await clock.sleep(ageSeconds(clock.now(), refusal.retryAt) + clock.fraction());
      }
    },
    isNamedBy(error) {
      if (!(error instanceof ThrottledError) || error.retryAt === undefined) return false;
      // One that says "now" is given a moment all the same.
      const retryAt = Math.max(error.retryAt, after(clock.now(), 1));
      if (refusal === undefined || retryAt > refusal.retryAt) refusal = { error, retryAt };
      return true;
    },
  };
}
