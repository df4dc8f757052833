import { mkdirSync } from 'node:fs';
import { messageOf } from '../../../core/errors.ts';
import type { LaunchError, LaunchErrorKind } from '../../../core/instance.ts';
import type { Clock } from '../../../ports/clock.ts';
import { type AgentRecord, type InstanceRecord, instanceFiles } from '../../process/instance-folder.ts';
import { spawnDetached } from '../../process/spawn-detached.ts';
import { writeState } from '../../process/state-file.ts';

export interface AgentOptions {
  /** The instance's folder is appended. */
  readonly agentCommand: readonly string[];
  /** What each agent finds in its folder's `agent-config.json`. */
  readonly agentConfig: object;
  /** All that an agent inherits. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
}

/** The folder that is the instance: what it is stands there before anything runs. */
export function makeInstance(options: AgentOptions, folder: string, record: InstanceRecord): void {
  const files = instanceFiles(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeState(files.agentConfig, options.agentConfig);
  writeState(files.instance, record);
}

/** The first agent of an instance, or, as systemd would, the next one. */
export function startAgent(options: AgentOptions, folder: string): Promise<void> {
  const files = instanceFiles(folder);
  const command = {
    argv: [...options.agentCommand, folder],
    env: options.environment,
    folder,
    log: files.agentLog,
  };
  return spawnDetached(command, (ref) =>
    writeState(files.agent, { process: ref, startedAt: options.clock.now() } satisfies AgentRecord),
  );
}

const kindOfCode: Readonly<Record<string, LaunchErrorKind>> = {
  ENOENT: 'configuration',
  EACCES: 'configuration',
  ENOEXEC: 'configuration',
  EAGAIN: 'capacity',
  ENOMEM: 'capacity',
  EMFILE: 'capacity',
  ENFILE: 'capacity',
  ENOSPC: 'capacity',
};

export const launchErrorOf = (thrown: unknown): LaunchError => ({
  kind: kindOfCode[(thrown as NodeJS.ErrnoException).code ?? ''] ?? 'unknown',
  message: messageOf(thrown),
});
