import { expect, test } from '@jest/globals';
import { manualClock } from '../../clock/manual-clock.ts';
import { endMachine } from './end-machine.ts';

function start(fails: (command: string) => boolean) {
  const clock = manualClock();
  const commands: string[] = [];
  const run = async (argv: readonly string[]): Promise<string> => {
    const command = argv.join(' ');
    commands.push(command);
    if (fails(command)) throw new Error('no');
    return '';
  };
  const ended = endMachine({ run }, clock);
  return { clock, commands, ended };
}

test('a shutdown that hangs is forced after two minutes, by a unit that it does not stop and by ourselves', async () => {
  const { clock, commands, ended } = start(() => false);
  await clock.advance(119);
  expect(commands).toHaveLength(2);
  expect(commands[0]).toContain('DefaultDependencies=no -- /bin/sh -c sleep 120; exec systemctl --force --force');
  expect(commands[1]).toBe('systemctl poweroff --no-block');
  await clock.advance(1);
  await ended;
  expect(commands[2]).toBe('systemctl --force --force poweroff');
});

test('a shutdown that is refused is forced at once', async () => {
  const { commands, ended } = start((command) => !command.includes('--force'));
  await ended;
  expect(commands.at(-1)).toBe('systemctl --force --force poweroff');
});

test('when nothing works it fails, so that it is tried again', async () => {
  const { ended } = start(() => true);
  await expect(ended).rejects.toThrow('no');
});
