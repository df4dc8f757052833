import { realpathSync } from 'node:fs';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { sqliteHosts } from '../adapters/hosts/sqlite-hosts.ts';
import { jsonLog } from '../adapters/log/json-log.ts';
import { processMachine } from '../adapters/machine/process-machine.ts';
import { instanceFiles } from '../adapters/process/instance-folder.ts';
import { readState } from '../adapters/process/state-file.ts';
import { runHost } from '../functions/host/host.ts';

/** What the launcher leaves in an instance's folder for its agent. */
export interface HostAgentConfig {
  readonly hostsFile: string;
  /** The grant's arguments are appended. */
  readonly runnerCommand: readonly string[];
}

/** What a runner may know of our environment: where programs are, and whose they are. */
const inherited = ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR'];

// It is started by the hundred, so it imports little: no parser of options, none of configuration.
const [folder] = process.argv.slice(-1);
if (!folder) throw new Error('host-agent <folder of the instance>');
const config = readState<HostAgentConfig>(instanceFiles(realpathSync(folder)).agentConfig);
if (!config) throw new Error(`no agent-config.json in ${folder}`);

const clock = systemClock();
const machine = processMachine({
  folder,
  runnerCommand: config.runnerCommand,
  environment: Object.fromEntries(inherited.map((name) => [name, process.env[name]])),
  clock,
  exit: () => process.exit(0),
});
const own = sqliteHosts({ path: config.hostsFile }).ownHost(machine.instanceId);
await runHost({ own, machine, clock, log: jsonLog(process.stderr) });
