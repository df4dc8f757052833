import { listen } from './assignment.ts';
import { cancelMessage, type HeldPoll, jobMessage, type PollAnswer } from './messages.ts';
import { cameBack, wentAway } from './runner-life.ts';
import type { RunnerRecord } from './runners.ts';
import type { World } from './world.ts';

/** Answers at once where there is something to say, and otherwise when there is, or when the poll's time is over. */
export function poll(world: World, runner: RunnerRecord, closed: AbortSignal): Promise<PollAnswer> {
  world.heldPolls.get(runner)?.answer('nothing');
  cameBack(world, runner);
  return new Promise((resolve) => {
    const stopWaiting = world.clock.later(world.durations.pollSeconds, () => held.answer('nothing'));
    const held: HeldPoll = {
      answer(answer) {
        if (world.heldPolls.get(runner) !== held) return;
        world.heldPolls.delete(runner);
        world.matchmaker.withdrawRunner(runner);
        stopWaiting();
        wentAway(world, runner);
        resolve(answer);
      },
    };
    world.heldPolls.set(runner, held);
    closed.addEventListener('abort', () => held.answer('nothing'), { once: true });
    answerNow(world, runner, held);
  });
}

function answerNow(world: World, runner: RunnerRecord, held: HeldPoll): void {
  const { job } = runner;
  if (job?.status === 'in_progress') {
    if (job.cancelRequested) held.answer(cancelMessage(job));
    return;
  }
  if (runner.removed || job?.status === 'completed') {
    if (world.clock.now() >= runner.ghostUntil) held.answer('gone');
    return;
  }
  // The message may have been lost on its way.
  if (job) held.answer(jobMessage(job));
  else listen(world, runner);
}
