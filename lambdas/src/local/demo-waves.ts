import type { FakeGithub } from '../fakes/github/fake-github.ts';
import type { Clock } from '../ports/clock.ts';

const pauseSeconds = 12;
const waveLimit = 24;

/** Jobs in waves, as pushes and matrix builds bring them, until it is told to stop. */
export function sendWaves(github: FakeGithub, clock: Clock): () => void {
  let isStopped = false;
  const wave = async (): Promise<void> => {
    while (!isStopped) {
      const count = 1 + Math.floor(clock.fraction() ** 2 * waveLimit);
      github.addJobs({ count, seconds: 2 + Math.floor(clock.fraction() * 6) });
      await clock.sleep(pauseSeconds * (0.5 + clock.fraction()));
    }
  };
  void wave();
  return () => {
    isStopped = true;
  };
}
