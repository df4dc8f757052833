import type { Clock } from '../../../ports/clock.ts';
import type { Commands } from './commands.ts';

/** A shutdown that takes longer hangs. */
const shutdownLimitSeconds = 120;
const commandLimitSeconds = 30;

const forcedArgv = ['systemctl', '--force', '--force', 'poweroff'];

/**
 * Shuts the system down, which terminates the instance. Comes back only where that did not work, after it was forced:
 * by a unit that outlives us, as a shutdown ends us before it hangs on others, and by ourselves where that failed.
 */
export async function endMachine(commands: Commands, clock: Clock): Promise<void> {
  const wait = ['/bin/sh', '-c', `sleep ${shutdownLimitSeconds}; exec ${forcedArgv.join(' ')}`];
  const unit = ['systemd-run', '--unit=ci-runners-forced-end.service', '--collect', '--quiet', '--no-block'];
  // A shutdown stops all that has the default dependencies.
  await commands.run([...unit, '-p', 'DefaultDependencies=no', '--', ...wait], commandLimitSeconds).catch(() => '');
  try {
    await commands.run(['systemctl', 'poweroff', '--no-block'], commandLimitSeconds);
    await clock.sleep(shutdownLimitSeconds);
  } catch {
    // A systemd that does not even take the wish: what follows does without it.
  }
  await commands.run(forcedArgv, commandLimitSeconds);
}
