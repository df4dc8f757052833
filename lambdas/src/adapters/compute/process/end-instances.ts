import type { Clock } from '../../../ports/clock.ts';
import { endProcesses } from '../../process/end-processes.ts';
import { type AgentRecord, type ExitRecord, instanceFiles, type RunnerRecord } from '../../process/instance-folder.ts';
import type { ProcessRef } from '../../process/process-view.ts';
import { createState, readState } from '../../process/state-file.ts';

/** Ends agents, runners, and whatever works in their folders, together, so that fifty cost little more than one. */
export async function endInstances(
  { clock, graceSeconds }: { readonly clock: Clock; readonly graceSeconds: number },
  folders: readonly string[],
  reason: string,
): Promise<void> {
  const there = folders.filter((folder) => readState(instanceFiles(folder).instance) !== undefined);
  if (there.length === 0) return;
  // Written first: an agent that is found dead with it is not restarted, and starts no runner any more.
  for (const folder of there) createState(instanceFiles(folder).exit, { reason, at: clock.now() } satisfies ExitRecord);
  // Read anew at each look: an agent may have been about to start its runner.
  const leaders = (): readonly ProcessRef[] => there.flatMap(leadersOf);
  await endProcesses({ clock, leaders, folders: there, gently: 'SIGTERM', graceSeconds });
}

function leadersOf(folder: string): readonly ProcessRef[] {
  const files = instanceFiles(folder);
  const agent = readState<AgentRecord>(files.agent)?.process;
  const runner = readState<RunnerRecord>(files.runner)?.process;
  return [agent, runner].filter((ref) => ref !== undefined);
}
