import { systemClock } from '../../adapters/clock/system-clock.ts';
import { jsonLog } from '../../adapters/log/json-log.ts';
import { systemCommands } from '../../adapters/machine/ec2/commands.ts';
import { messageOf } from '../../core/errors.ts';
import { liveAsAgent } from './agent-life.ts';

// Who reads our lines may end before we do.
process.stderr.on('error', () => undefined);
const clock = systemClock();
const log = jsonLog(process.stderr, clock);

// The system starts us anew, after a while; a runner goes on meanwhile.
liveAsAgent({ environment: process.env, commands: systemCommands(), clock, log }).catch((thrown: unknown) => {
  log.error('the host agent failed', { reason: messageOf(thrown) });
  process.exitCode = 1;
});
