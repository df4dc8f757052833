import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { fakeGithub } from '../fakes/github/fake-github.ts';
import { type HabitSettings, habitNames } from '../fakes/github/habits.ts';
import { factorOf, habitsOf, portOf, urlOf } from './option-values.ts';

interface Options {
  readonly port: number;
  readonly webhookUrl?: string;
  readonly webhookSecretFile: string;
  readonly data: string;
  readonly habits?: HabitSettings;
  readonly timeScale: number;
}

/** `ci-runners fake-github` */
export function fakeGithubCommand(): Command {
  return new Command('fake-github')
    .description(
      'Serve a fake GitHub on this machine, with an App that is installed in "acme". All state is in memory, but for the App’s key.',
    )
    .option('--port <number>', 'port to listen on; 0 picks a free one', portOf, 0)
    .option('--webhook-url <url>', 'where to send workflow_job events', urlOf)
    .requiredOption('--webhook-secret-file <file>', 'file with the secret that signs them')
    .requiredOption('--data <folder>', 'where to keep the private key of the App')
    .option(
      '--habits <list>',
      `bad habits, by comma, each with =probability if wanted: all, ${habitNames.join(', ')}`,
      habitsOf,
    )
    .option('--time-scale <factor>', 'divides the durations of GitHub’s own processes', factorOf, 1)
    .action(run);
}

async function run(options: Options, command: Command): Promise<void> {
  const { port, webhookUrl, data, habits = {}, timeScale } = options;
  const webhookSecret = secretIn(options.webhookSecretFile, command);
  const fake = await fakeGithub({
    port,
    webhookSecret,
    dataFolder: data,
    habits,
    timeScale,
    ...(webhookUrl !== undefined && { webhookUrl }),
  }).catch((error: Error) => command.error(`error: ${error.message}`, { exitCode: 1 }));

  process.stdout.write(`listening on ${fake.url}\napp id: ${fake.appId}\napp key: ${fake.appKeyFile}\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await fake.stop();
}

function secretIn(file: string, command: Command): string {
  const secret = readSecret(file);
  if (secret instanceof Error) return command.error(`error: --webhook-secret-file: ${secret.message}`, { exitCode: 2 });
  if (secret === '') return command.error(`error: --webhook-secret-file: ${file} is empty`, { exitCode: 2 });
  return secret;
}

/** A line break at the end is the editor's, not the secret's. */
function readSecret(file: string): string | Error {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    return error as Error;
  }
}
