import type { Instance } from '../../core/instance.ts';
import { after, type Instant } from '../../core/instant.ts';
import { runHost } from '../../functions/host/host.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RunnerGrant } from '../../ports/forge.ts';
import type { OwnHost } from '../../ports/hosts.ts';
import type { Log } from '../../ports/log.ts';
import type { Machine } from '../../ports/machine.ts';
import type { Chance } from '../engine/chance.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';
import type { Ender, Fact } from '../facts.ts';
import type { Cloud } from './cloud.ts';
import type { JobOffice } from './job-office.ts';
import { type JoinedLooks, joinedLooks } from './joined-looks.ts';
import { answers, cannotLook } from './machine-answers.ts';
import type { OfficeRunner } from './matchmaker.ts';
import { mortal } from './mortal-machine.ts';
import type { BootFate } from './troubles.ts';

/** One machine from the inside: its system, its runner's processes, its agent. */
export interface SimMachine {
  /** Its end has begun: nothing on it goes on. */
  stop(by: Ender): void;
  /** The agent's process dies, and systemd starts it anew. */
  killAgent(): void;
  /** The agent hangs, and goes on; the runner and its worker do so meanwhile. */
  freezeAgent(seconds: number): void;
  /** The agent can't see which processes there are, so long. */
  blindAgent(seconds: number): void;
  /** The runner's process ends, and a worker with it. False: there is none. */
  exitRunner(): boolean;
  /** Its system is dead, and nothing on it goes on; nobody is told. */
  crash(): void;
  /** Its system runs. */
  readonly isUp: boolean;
  /** A job's process is there, whatever the agent sees. */
  readonly isWorking: boolean;
  readonly instance: Instance;
}

export interface MachineOptions {
  readonly instance: Instance;
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly clock: Clock;
  readonly own: OwnHost;
  readonly log: Log;
  readonly office: JobOffice;
  readonly cloud: Pick<Cloud, 'end' | 'noticeOf'>;
  readonly tell: (fact: Fact) => void;
  readonly fate: BootFate | undefined;
  /** From running to the agent's first look. */
  readonly bootSeconds: number;
  readonly hardLimitSeconds: number;
  /** Faults act in this run: then every look is made, whatever it may see. */
  readonly isTroubled: boolean;
}

const connectSeconds = [3, 8] as const;
const agentRestartSeconds = 5;
/** From the moment that the forge calls a job running until its worker's process is there. */
const workerSeconds = [0.3, 2] as const;

export function simMachine(options: MachineOptions): SimMachine {
  const { instance, time, chance, office, cloud, tell, fate } = options;
  const { id } = instance;
  let isUp = true;
  let agents = 0;
  let frozenUntil: Instant = 0;
  let runner: 'none' | 'running' | 'exited' = 'none';
  let worker = false;
  let jobs = 0;
  let hasJob = false;
  let isStopped = false;
  let blindUntil: Instant = 0;
  let name: string | undefined;
  let connected: OfficeRunner | undefined;
  let looks: JoinedLooks | undefined;

  const endRunner = (): void => {
    runner = 'exited';
    worker = false;
    looks?.stir();
  };
  const listen = (grant: RunnerGrant): void => {
    const { name: own } = grant.registration;
    name = own;
    runner = 'running';
    tell({ kind: 'runner-started', instance: id, runner: own });
    const exit = (): void => (name === own ? endRunner() : undefined);
    time.at(after(time.now(), chance.between(...connectSeconds)), () => {
      if (!isUp || isStopped) return;
      if (fate?.runnerExits) return exit();
      connected = office.connect(own, {
        isAlive: () => isUp && !isStopped && runner === 'running' && name === own,
        begin: () => {
          const job = ++jobs;
          hasJob = true;
          const work = (): void => {
            if (job === jobs && runner === 'running') worker = true;
          };
          time.at(after(time.now(), chance.between(...workerSeconds)), work);
        },
        finish: () => {
          jobs += 1;
          hasJob = false;
          worker = false;
          looks?.stir();
          if (grant.singleUse) time.at(after(time.now(), chance.between(0.5, 2)), exit);
        },
        exit,
      });
      if (connected === undefined) exit();
    });
  };

  const machine: Machine = {
    instanceId: id,
    startedAt: options.clock.now(),
    startRunner: async (grant) => listen(grant),
    runner: () => answers[runner],
    worker: () => (time.now() < blindUntil ? cannotLook() : worker ? answers.running : answers.none),
    notice: () => {
      const noticeAt = cloud.noticeOf(id);
      return noticeAt === null ? answers.noNotice : Promise.resolve(noticeAt);
    },
    stopListening: () => {
      if (time.now() < blindUntil) return cannotLook();
      if (hasJob && runner === 'running') return answers.working;
      isStopped = true;
      if (connected !== undefined) office.disconnect(connected, 'exit');
      return answers.stopped;
    },
    end: async (reason) => {
      const isHardLimit = time.now() >= after(instance.launchedAt, options.hardLimitSeconds);
      cloud.end(id, isHardLimit ? 'hard-limit' : 'itself', reason);
    },
  };

  const stop = (by: Ender): void => {
    if (!isUp) return;
    // Before it counts as down, so that the forge hears by whom.
    if (connected !== undefined) office.disconnect(connected, by);
    isUp = false;
  };

  const startAgent = (): void => {
    const agent = ++agents;
    const { clock } = options;
    const isAlive = (): boolean => isUp && agent === agents;
    // A machine that is gone sleeps for ever, and so does an agent that was killed.
    const isCalm = (): boolean => !options.isTroubled && worker;
    const joined = joinedLooks({ time, own: options.own, startedAt: machine.startedAt, isCalm });
    looks = joined;
    const sleep = (seconds: number): Promise<void> =>
      new Promise((wake) => {
        const rise = (): void => (time.now() < frozenUntil ? time.at(frozenUntil, rise) : wake());
        if (isAlive()) joined.sleep(seconds, rise);
      });
    void runHost({ own: joined.own, machine: mortal(machine, isAlive), clock: { ...clock, sleep }, log: options.log });
  };

  if (!fate?.fails) {
    time.at(after(time.now(), options.bootSeconds + (fate?.delaySeconds ?? 0)), () => {
      if (isUp) startAgent();
    });
  } else tell({ kind: 'boot-failed', instance: id });

  return {
    instance,
    get isUp() {
      return isUp;
    },
    get isWorking() {
      return isUp && worker;
    },
    stop,
    crash: () => stop('provider'),
    blindAgent(seconds) {
      blindUntil = after(time.now(), seconds);
    },
    freezeAgent(seconds) {
      frozenUntil = after(time.now(), seconds);
    },
    exitRunner() {
      if (!isUp || runner !== 'running') return false;
      endRunner();
      if (connected !== undefined) office.disconnect(connected, 'exit');
      return true;
    },
    killAgent() {
      if (!isUp || agents === 0) return;
      agents += 1;
      const restarted = agents;
      time.at(after(time.now(), agentRestartSeconds), () => {
        if (isUp && agents === restarted) startAgent();
      });
    },
  };
}
