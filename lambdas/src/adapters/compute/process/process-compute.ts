import { mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { messageOf } from '../../../core/errors.ts';
import type { Instance, LaunchRequest, LaunchResult } from '../../../core/instance.ts';
import { ageSeconds } from '../../../core/instant.ts';
import type { Compute, InstanceFilter } from '../../../ports/compute.ts';
import type { Log } from '../../../ports/log.ts';
import { boundLog } from '../../process/bounded-log.ts';
import { endProcesses } from '../../process/end-processes.ts';
import { type InstanceRecord, instanceFiles } from '../../process/instance-folder.ts';
import { type ProcessView, viewProcesses } from '../../process/process-view.ts';
import { type AgentOptions, launchErrorOf, makeInstance, startAgent } from './agent-process.ts';
import { endInstances } from './end-instances.ts';
import {
  dutyOf,
  forgetInstance,
  type InstancePatience,
  type InstanceProcess,
  instanceOf,
  lookAtInstance,
  noteExit,
} from './instance-process.ts';
import {
  instanceIdOf,
  type LaunchOutcome,
  type LaunchTokens,
  launchTokens,
  type StoredLaunch,
} from './launch-tokens.ts';

export interface ProcessComputeOptions extends AgentOptions, Partial<InstancePatience> {
  /** Holds all of this deployment's instances; a successor of this process that opens it finds them again. */
  readonly folder: string;
  readonly log: Log;
  /** From the gentle signal to the one that cannot be refused. */
  readonly graceSeconds?: number;
  /** Of one instance's agent, at most so often. */
  readonly restartSeconds?: number;
  readonly logLimitBytes?: number;
}

type Settings = Required<ProcessComputeOptions> & {
  readonly instancesFolder: string;
  /** What ended stays as it is: lists are made several times a second, and thousands may end in ten minutes. */
  readonly ended: Map<string, InstanceProcess>;
};

/** Machines that are child processes, each with a folder of its own. They outlive this process, and are found again. */
export function processCompute(options: ProcessComputeOptions): Compute {
  const instances = join(options.folder, 'instances');
  mkdirSync(instances, { recursive: true, mode: 0o700 });
  const settings: Settings = {
    listedSeconds: 600,
    begunLimitSeconds: 60,
    graceSeconds: 5,
    restartSeconds: 5,
    logLimitBytes: 1024 * 1024,
    ...options,
    // As the process table names it.
    instancesFolder: realpathSync(instances),
    ended: new Map(),
  };
  const tokens = launchTokens(join(options.folder, 'launches'));
  const turns = new Map<string, Promise<unknown>>();

  return {
    launch: (request) => inTurn(turns, request.token, () => launch(settings, tokens, request)),
    list: (filter) => list(settings, filter),
    end: (ids, reason) =>
      endInstances(
        settings,
        ids.map((id) => folderOf(settings, id)),
        reason,
      ),
  };
}

const folderOf = (settings: Settings, id: string): string => join(settings.instancesFolder, id);

/** Two calls with one token: the second finds what the first one made. */
async function inTurn<T>(turns: Map<string, Promise<unknown>>, token: string, call: () => Promise<T>): Promise<T> {
  const turn = (turns.get(token) ?? Promise.resolve()).then(call, call);
  turns.set(token, turn);
  try {
    return await turn;
  } finally {
    if (turns.get(token) === turn) turns.delete(token);
  }
}

async function launch(settings: Settings, tokens: LaunchTokens, request: LaunchRequest): Promise<LaunchResult> {
  tokens.tidy(settings.clock.now());
  const stored = tokens.open(request, settings.clock.now());
  const outcome = stored.outcome ?? (await complete(settings, stored));
  if (!stored.outcome) tokens.complete(stored, outcome);

  const view = viewProcesses();
  const current = (record: InstanceRecord): Instance => {
    const seen = lookAtInstance(folderOf(settings, record.id), view);
    return seen ? instanceOf(seen) : { ...record, state: 'terminated', bypassRemoval: false, impaired: false };
  };
  return { instances: outcome.instances.map(current), errors: outcome.errors };
}

/** Starts what is not started yet: all of it, or what was left when the last try broke off. */
async function complete(settings: Settings, { request, launchedAt }: StoredLaunch): Promise<LaunchOutcome> {
  const { count, market, lane, fleet, launchId } = request;
  const { type, zone } = request.placements[0] ?? { type: 'process', zone: 'local' };
  const instances: InstanceRecord[] = [];
  for (let index = 0; index < count; index += 1) {
    const id = instanceIdOf(request.token, index);
    const record: InstanceRecord = { id, lane, fleet, launchId, launchedAt, type, zone, market };
    try {
      await begin(settings, record);
    } catch (thrown) {
      // What holds for this one holds for the rest as well.
      await abandon(settings, folderOf(settings, id));
      return { instances, errors: [{ ...launchErrorOf(thrown), placement: { type, zone } }] };
    }
    instances.push(record);
    // Starting a process stops all else here for milliseconds; requests come in between.
    await setImmediate();
  }
  return { instances, errors: [] };
}

/** An agent may run all the same, where only its number could not be written down: a full disk, say. */
async function abandon({ clock, graceSeconds }: Settings, folder: string): Promise<void> {
  await endProcesses({ clock, leaders: () => [], folders: [folder], gently: 'SIGKILL', graceSeconds });
  forgetInstance(folder);
}

async function begin(settings: Settings, record: InstanceRecord): Promise<void> {
  const folder = folderOf(settings, record.id);
  const seen = lookAtInstance(folder, viewProcesses());
  if (seen?.agent || seen?.exit) return;
  makeInstance(settings, folder, record);
  await startAgent(settings, folder);
}

async function* list(settings: Settings, filter: InstanceFilter): AsyncGenerator<Instance> {
  const view = viewProcesses();
  for (const id of filter.ids ?? readdirSync(settings.instancesFolder)) {
    const folder = folderOf(settings, id);
    const seen = settings.ended.get(id) ?? lookAtInstance(folder, view);
    if (!seen || (filter.launchId !== undefined && seen.record.launchId !== filter.launchId)) continue;
    const attended = await attend(settings, folder, seen, view);
    if (!attended) continue;
    const instance = instanceOf(attended);
    if (instance.state === 'terminated') settings.ended.set(id, attended);
    if (filter.isAlive && instance.state === 'terminated') continue;
    yield instance;
  }
}

/** Does for an instance what nobody else does here: no init watches over these machines. Undefined: forgotten. */
async function attend(
  settings: Settings,
  folder: string,
  seen: InstanceProcess,
  view: ProcessView,
): Promise<InstanceProcess | undefined> {
  const now = settings.clock.now();
  boundLog(instanceFiles(folder).agentLog, settings.logLimitBytes);
  switch (dutyOf(seen, settings, now)) {
    case 'none':
      return seen;
    case 'note-exit':
      return noteExit(folder, seen, now);
    case 'forget':
      settings.ended.delete(seen.record.id);
      forgetInstance(folder);
      return undefined;
    case 'kill':
      await endInstances(settings, [folder], 'killed').catch((thrown) => noteTrouble(settings, seen, thrown));
      return seen;
    case 'restart-agent':
      if (seen.agent && ageSeconds(seen.agent.startedAt, now) < settings.restartSeconds) return seen;
      settings.log.warn('agent restarted', { instance: seen.record.id, reason: 'agent-died' });
      await startAgent(settings, folder).catch((thrown) => noteTrouble(settings, seen, thrown));
      return lookAtInstance(folder, view) ?? seen;
  }
}

/** One bad machine does not hide the others; the next list tries again. */
const noteTrouble = ({ log }: Settings, { record }: InstanceProcess, thrown: unknown): void =>
  log.error('instance not attended', { instance: record.id, reason: messageOf(thrown) });
