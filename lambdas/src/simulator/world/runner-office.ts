import { after } from '../../core/instant.ts';
import { hasBegun, type JobLives, removeRunner } from './job-lives.ts';
import type { JobOffice } from './job-office.ts';
import type { OfficeRunner } from './matchmaker.ts';
import type { OfficeOptions, OfficeState } from './office-state.ts';

/** The forge calls a runner offline this long after its process is gone. */
const offlineAfterSeconds = 50;

/** Registrations, and the processes that listen for them. */
export function runnerOffice(
  { time, tell }: OfficeOptions,
  state: OfficeState,
  lives: JobLives,
): Pick<JobOffice, 'register' | 'connect' | 'disconnect' | 'remove'> {
  return {
    register({ askedBy, ...asked }) {
      const runner: OfficeRunner = {
        ...asked,
        id: String(++state.ids),
        registeredAt: time.now(),
        online: false,
        removed: false,
        job: undefined,
        listener: undefined,
      };
      const { name, scope, instance } = runner;
      state.runners.set(name, runner);
      state.byScope.set(scope, (state.byScope.get(scope) ?? new Map()).set(name, runner));
      tell({ kind: 'registration-made', name, scope, instance, ...(askedBy && { askedBy }) });
      return runner;
    },
    connect(name, listener) {
      const runner = state.runners.get(name);
      if (runner === undefined) return undefined;
      runner.listener = listener;
      runner.online = true;
      tell({ kind: 'runner-online', instance: runner.instance ?? '', runner: name });
      lives.offer(runner);
      return runner;
    },
    disconnect(runner, by) {
      const { listener, job } = runner;
      state.matches.notIdle(runner);
      time.at(after(time.now(), offlineAfterSeconds), () => {
        if (runner.listener === listener) runner.online = false;
      });
      if (job && hasBegun(job)) lives.endUnder(job, runner, by);
    },
    remove(runner, by, handsOutSeconds = 0) {
      removeRunner(state, runner, by, tell);
      if (handsOutSeconds <= 0) return state.matches.notIdle(runner);
      time.at(after(time.now(), handsOutSeconds), () => state.matches.notIdle(runner));
    },
  };
}
