import { systemClock } from '../../adapters/clock/system-clock.ts';
import { ssmClient } from '../../adapters/config/ssm-client.ts';
import { ssmParameters } from '../../adapters/config/ssm-parameters.ts';
import { type PowertoolsLog, powertoolsLog } from '../../adapters/log/powertools-log.ts';
import type { ConfigUse } from '../../core/deployment-problems.ts';
import { ConfigError, messageOf } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import { readSettings, type Settings } from './read-settings.ts';
import { trustAuthorities } from './trust-authority.ts';
import { untilItWorks } from './until-it-works.ts';

/** What is there before anything was read. */
export interface Surroundings {
  readonly clock: Clock;
  readonly log: PowertoolsLog;
}

/** Changes a client of AWS's so that its calls are traced; or leaves it as it is. */
export type Traced = <Client>(client: Client) => Client;

export interface Started extends Settings, Surroundings {
  readonly traced: Traced;
}

export interface LoadedFunction<Bound> extends Surroundings {
  /** What the function works with. Throws while the configuration can't be read. */
  readonly ready: () => Promise<Bound>;
}

/** A function as it is loaded. At its first invocation it reads what is configured, all at once, and is bound to it. */
export function coldStart<Bound>(
  name: string,
  use: ConfigUse,
  bind: (started: Started) => Bound,
): LoadedFunction<Bound> {
  const clock = systemClock();
  const log = powertoolsLog(name);
  const read = ssmParameters({ client: ssmClient(), clock });
  const ready = untilItWorks(async () => {
    try {
      trustAuthorities(process.env.CA_CERTIFICATES);
      const settings = await readSettings(read, process.env.CONFIG_PARAMETERS ?? '', use);
      log.setLevel(settings.aws.logLevel);
      return bind({ ...settings, clock, log, traced: await tracedBy(settings, name) });
    } catch (error) {
      const problems = error instanceof ConfigError ? error.problems : [messageOf(error)];
      log.error('The function could not start; its next invocation tries again.', { problems });
      throw error;
    }
  });
  return { clock, log, ready };
}

/** The tracer is large, so that only who asked for it loads it. */
async function tracedBy({ aws }: Settings, name: string): Promise<Traced> {
  if (!aws.tracing) return (client) => client;
  const { tracedClients } = await import('../../adapters/trace/powertools-trace.ts');
  return tracedClients(name);
}
