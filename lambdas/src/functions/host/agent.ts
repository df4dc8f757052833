import { join } from 'node:path';
import { systemClock } from '../../adapters/clock/system-clock.ts';
import { fileSink } from '../../adapters/log/file-sink.ts';
import { jsonLog } from '../../adapters/log/json-log.ts';
import { systemCommands } from '../../adapters/machine/ec2/commands.ts';
import { messageOf } from '../../core/errors.ts';
import { liveAsAgent } from './agent-life.ts';
import { agentSettings } from './agent-settings.ts';

const logLimitBytes = 8 * 1024 * 1024;

// Who reads our lines may end before we do.
process.stderr.on('error', () => undefined);
const clock = systemClock();
// CloudWatch's agent reads files, and no journal.
const file = fileSink(join(agentSettings(process.env).logFolder, 'agent.log'), logLimitBytes);
const write = (line: string): void => {
  process.stderr.write(line);
  file.write(line);
};
const log = jsonLog({ write }, clock);

// The system starts us anew, after a while; a runner goes on meanwhile.
liveAsAgent({ environment: process.env, commands: systemCommands(), clock, log }).catch((thrown: unknown) => {
  log.error('the host agent failed', { reason: messageOf(thrown) });
  process.exitCode = 1;
});
