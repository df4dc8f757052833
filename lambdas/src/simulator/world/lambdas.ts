import { messageOf } from '../../core/errors.ts';
import { after } from '../../core/instant.ts';
import type { World } from '../../functions/world.ts';
import type { Chance } from '../engine/chance.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';
import type { Fact, FunctionName } from '../facts.ts';
import { timeLimit } from './time-limit.ts';
import type { Death } from './troubles.ts';
import type { Caller } from './wire.ts';

/** AWS Lambda: environments that are reused, cold starts, time limits, and deaths half way. */
export interface Lambdas {
  /** Undefined: it failed, died or ran out of time. */
  invoke<T>(name: FunctionName, work: (world: World) => Promise<T>): Promise<T | undefined>;
  /** What comes now starts in a new environment: the configuration changed. */
  renew(): void;
}

export interface LambdasOptions {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly tell: (fact: Fact) => void;
  /** The functions' world, as this environment reaches it. Made at each cold start. */
  readonly bind: (caller: Caller) => World;
  /** Reads the configuration: the one call of a cold start. */
  readonly coldStart: (caller: Caller) => Promise<void>;
  readonly deathOf: (name: FunctionName) => Death | undefined;
  /** Beside the usual. */
  readonly coldSecondsOf?: (name: FunctionName) => number | undefined;
  /** Nothing is run. */
  readonly isAway?: () => boolean;
}

interface Environment {
  readonly world: World;
  readonly caller: MutableCaller;
}

interface MutableCaller extends Caller {
  dead: boolean;
  calls: number;
  death: Death | undefined;
  /** Told when it dies of a call. */
  onDeath: (() => void) | undefined;
}

const limitSeconds: Readonly<Record<FunctionName, number>> = {
  webhook: 10,
  'scale-up': 120,
  'scale-down': 120,
  sweep: 120,
  'look-at-machine': 30,
};
const functionNames = Object.keys(limitSeconds) as readonly FunctionName[];
/** What is left for the last calls after a function stops starting new work. */
const marginSeconds = 10;
const coldSeconds = 0.4;
/** An environment that nobody needed for so long is taken away. */
const idleLimitSeconds = 600;

export function lambdas(options: LambdasOptions): Lambdas {
  const { time, chance, tell, bind, coldStart, deathOf } = options;
  const limits = new Map(functionNames.map((name) => [name, timeLimit(time, limitSeconds[name])]));
  let idle = new Map<FunctionName, { readonly environment: Environment; readonly since: number }[]>();

  let started = 0;

  const warm = (name: FunctionName): Environment | undefined => {
    const kept = idle.get(name)?.pop();
    return kept && kept.since > time.now() - idleLimitSeconds * 1000 ? kept.environment : undefined;
  };
  const cold = async (name: FunctionName): Promise<Environment> => {
    const caller = mutableCaller(name, ++started);
    await time.sleep(chance.lognormal(coldSeconds, 0.3) + (options.coldSecondsOf?.(name) ?? 0));
    await coldStart(caller);
    return { caller, world: bind(caller) };
  };
  const rest = (name: FunctionName, environment: Environment): void => {
    const kept = idle.get(name) ?? [];
    idle.set(name, kept);
    kept.push({ environment, since: time.now() });
  };

  return {
    renew() {
      idle = new Map();
    },
    invoke: (name, work) =>
      new Promise((resolve) => {
        if (options.isAway?.()) return resolve(undefined);
        const generation = idle;
        let isOver = false;
        let caller: MutableCaller | undefined;
        const end = (
          outcome: Extract<Fact, { kind: 'invocation' }>['outcome'],
          answer?: Awaited<ReturnType<typeof work>>,
          why?: string,
        ): void => {
          if (isOver) return;
          isOver = true;
          limited?.done();
          if (caller && (outcome === 'died' || outcome === 'timed-out')) caller.dead = true;
          const environment = caller?.name;
          tell({
            kind: 'invocation',
            function: name,
            outcome,
            ...(why && { why }),
            ...(environment && { environment }),
          });
          resolve(answer);
        };
        const limited = limits.get(name)?.(() => end('timed-out'));
        const run = async (): Promise<void> => {
          const environment = warm(name) ?? (await cold(name));
          if (isOver) return;
          caller = environment.caller;
          caller.calls = 0;
          caller.death = deathOf(name);
          caller.onDeath = () => end('died');
          const deadlineAt = after(time.now(), Math.max(1, limitSeconds[name] - marginSeconds));
          const answer = await work({ ...environment.world, deadlineAt });
          // Whatever it left running goes on with the next invocation, as on Lambda; a dead one is never used again.
          if (!isOver && generation === idle) rest(name, environment);
          end('done', answer);
        };
        run().catch((error: unknown) => {
          end('failed', undefined, messageOf(error));
        });
      }),
  };
}

function mutableCaller(role: FunctionName, number: number): MutableCaller {
  const caller: MutableCaller = {
    role,
    name: `${role} ${number}`,
    dead: false,
    calls: 0,
    death: undefined,
    onDeath: undefined,
    isDead: () => caller.dead,
    beginsCall() {
      caller.calls += 1;
      dieAt(caller, 'before');
    },
    endsCall: () => dieAt(caller, 'after'),
  };
  return caller;
}

function dieAt(caller: MutableCaller, when: Death['when']): void {
  const { death, dead } = caller;
  if (dead || death === undefined || death.when !== when || caller.calls < death.atCall) return;
  caller.dead = true;
  death.struck?.();
  caller.onDeath?.();
}
