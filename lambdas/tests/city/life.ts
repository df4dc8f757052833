import { type MemoryMachine, memoryMachine } from '../../src/adapters/machine/memory-machine.ts';
import { messageOf } from '../../src/core/errors.ts';
import type { Instance } from '../../src/core/instance.ts';
import type { Job } from '../../src/core/job.ts';
import { runHost } from '../../src/functions/host/host.ts';
import { scaleDown } from '../../src/functions/scale-down/scale-down.ts';
import { scaleUp } from '../../src/functions/scale-up/scale-up.ts';
import { lookAtMachine } from '../../src/functions/sweep/look-at-machine.ts';
import { sweep } from '../../src/functions/sweep/sweep.ts';
import type { City } from './city.ts';
import { deliver } from './traffic.ts';

export interface LifeOptions {
  readonly jobSeconds?: number;
  /** Which runner takes which job: the oldest by default. */
  readonly choose?: (jobs: readonly Job[], runnerName: string) => Job | undefined;
  /** Whether an event about a job reaches us. */
  readonly delivers?: (job: Job) => boolean;
  readonly scaleUpsAtOnce?: number;
}

/** What really happened, whatever the ledger believes. */
export interface Truth {
  /** Runs by job. */
  readonly runs: Map<string, number>;
  /** Jobs whose machine was ended under them. */
  readonly busyKills: string[];
  peakMachines: number;
  /** Machines that ever came. */
  machines: number;
  /** What invocations threw. */
  readonly failures: string[];
}

interface Host {
  readonly machine: MemoryMachine;
  job: string | undefined;
  readyAt: number;
}

const bootSeconds = 20;

/**
 * Lets a city live: machines boot and run the real host function, the forge hands queued jobs to listening runners, and
 * the functions run by queue and by schedule, all on the manual clock.
 */
export function live(city: City, options: LifeOptions = {}): Truth {
  const { clock, compute, world } = city;
  const truth: Truth = { runs: new Map(), busyKills: [], peakMachines: 0, machines: 0, failures: [] };
  const hosts = new Map<string, Host>();

  // An invocation that fails is a failed invocation, as on Lambda; the next one comes.
  const every = (seconds: number, work: () => Promise<unknown>): void => {
    void (async () => {
      for (;;) {
        await work().catch((error: unknown) => truth.failures.push(messageOf(error)));
        await clock.sleep(seconds);
      }
    })();
  };

  every(1, async () => {
    const machines = compute.cloud.machines();
    const alive = machines.filter(({ state }) => state !== 'terminated');
    truth.peakMachines = Math.max(truth.peakMachines, alive.length);
    for (const machine of alive) {
      if (machine.state === 'running' && !hosts.has(machine.id)) hosts.set(machine.id, startHost(city, machine, truth));
    }
    for (const machine of machines) if (machine.state === 'terminated') await bury(city, hosts, machine.id, truth);
    for (const [id, host] of hosts) await handOut(city, id, host, options, truth);
  });
  for (let i = 0; i < (options.scaleUpsAtOnce ?? 2); i++) every(1, () => drainQueue(city));
  every(world.timing.scaleDownSeconds, () => scaleDown(world));
  every(world.timing.sweepSeconds, () => sweep(world));
  return truth;
}

async function drainQueue({ queue, world }: City): Promise<void> {
  const deliveries = await queue.receive(100);
  if (deliveries.length === 0) return;
  const { failed } = await scaleUp(world, deliveries);
  await queue.acknowledge(deliveries.map(({ receipt }) => receipt).filter((receipt) => !failed.includes(receipt)));
}

function startHost({ clock, compute, hosts, log }: City, { id }: Instance, truth: Truth): Host {
  truth.machines += 1;
  const machine = memoryMachine({ instanceId: id, clock });
  const isGone = (): boolean => (compute.cloud.machine(id)?.state ?? 'terminated') === 'terminated';
  const ending = {
    ...machine,
    notice: async () => compute.cloud.noticeOf(id),
    end: async (reason: string) => {
      await machine.end(reason);
      compute.cloud.shutdown(id);
    },
  };
  // A machine that is gone sleeps for ever: nothing of it goes on.
  const mortal = {
    ...clock,
    sleep: (seconds: number) => (isGone() ? new Promise<void>(() => {}) : clock.sleep(seconds)),
  };
  void runHost({ own: hosts.ownHost(id), machine: ending, clock: mortal, log });
  return { machine, job: undefined, readyAt: clock.now() + bootSeconds * 1000 };
}

async function bury(city: City, hosts: Map<string, Host>, id: string, truth: Truth): Promise<void> {
  const host = hosts.get(id);
  if (host === undefined) return;
  hosts.delete(id);
  if (host.job !== undefined && city.compute.cloud.machine(id)?.endReason !== 'Server.SpotInstanceTermination') {
    truth.busyKills.push(host.job);
  }
  const name = city.hosts.records().find((record) => record.instanceId === id)?.registration?.name;
  if (name !== undefined) city.forge.setOnline(name, false);
  await lookAtMachine(city.world, id);
}

/** The forge's side of one listening runner. */
async function handOut(city: City, id: string, host: Host, options: LifeOptions, truth: Truth): Promise<void> {
  const { clock, forge } = city;
  const [grant] = host.machine.started;
  if (grant === undefined || host.job !== undefined || clock.now() < host.readyAt) return;
  if ((await host.machine.runner()) !== 'running') return;
  const { name } = grant.registration;
  if (!forge.registrations().some((registration) => registration.name === name)) return;
  forge.setOnline(name, true);
  const job = (options.choose ?? oldest)(waitingFor(city, name), name);
  if (job === undefined) return;
  host.job = job.key;
  host.machine.setWorker('running');
  forge.startJob(job.key, name);
  truth.runs.set(job.key, (truth.runs.get(job.key) ?? 0) + 1);
  await tell(city, job.key, options);
  void finishLater(city, id, host, name, options);
}

async function finishLater(city: City, id: string, host: Host, name: string, options: LifeOptions): Promise<void> {
  const { clock, compute, forge } = city;
  const key = host.job as string;
  await clock.sleep(options.jobSeconds ?? 60);
  if (compute.cloud.machine(id)?.state !== 'running') return;
  forge.finishJob(key);
  host.job = undefined;
  host.machine.setWorker('none');
  const isOver = !forge.registrations().some((registration) => registration.name === name);
  if (isOver) host.machine.setRunner('exited');
  await tell(city, key, options);
}

async function tell(city: City, key: string, { delivers }: LifeOptions): Promise<void> {
  const job = city.forge.jobs().find((candidate) => candidate.key === key);
  if (job !== undefined && (delivers?.(job) ?? true)) await deliver(city, key);
}

const oldest = (jobs: readonly Job[]): Job | undefined => jobs[0];

function waitingFor({ forge }: City, name: string): readonly Job[] {
  const registration = forge.registrations().find((candidate) => candidate.name === name);
  const labels = new Set(registration?.labels.map((label) => label.toLowerCase()));
  return forge
    .jobs()
    .filter((job) => job.state === 'queued' && job.labels.every((label) => labels.has(label.toLowerCase())))
    .filter((job) => isInScope(forge, name, job));
}

function isInScope(forge: City['forge'], name: string, job: Job): boolean {
  return (['org', 'repo'] as const).some((kind) => {
    const scope = kind === 'org' ? (`org:${job.owner}` as const) : (`repo:${job.ref.repo}` as const);
    return forge.registrations(scope).some((registration) => registration.name === name);
  });
}

/** Advances in small steps until the condition holds; fails by the time that it was given. */
export async function liveUntil(city: City, limitSeconds: number, condition: () => boolean): Promise<number> {
  const startedAt = city.clock.now();
  while (!condition()) {
    if (city.clock.now() - startedAt > limitSeconds * 1000)
      throw new Error(`Not within ${limitSeconds} virtual seconds.`);
    await city.clock.advance(5);
  }
  return (city.clock.now() - startedAt) / 1000;
}

export const aliveMachines = ({ compute }: City): readonly Instance[] =>
  compute.cloud.machines().filter(({ state }) => state !== 'terminated');
