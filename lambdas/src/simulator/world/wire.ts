import type { Chance } from '../engine/chance.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';
import type { FunctionName } from '../facts.ts';

export type Service = 'github' | 'ec2' | 'ssm' | 'dynamodb' | 'sqs';

/** Who calls: one invocation of a function, or a machine. Nothing that a dead caller awaits ever answers. */
export interface Caller {
  readonly role: FunctionName | 'host' | 'forge';
  /** Which of them: one environment runs one invocation at a time. */
  readonly name?: string;
  /** The machine, where it is one. */
  readonly instance?: string;
  isDead(): boolean;
  /** Told before each call; may die of it. */
  beginsCall?(): void;
  /** Told once a call had its effect; may die of it. */
  endsCall?(): void;
}

export interface Call {
  readonly service: Service;
  readonly action: string;
  readonly caller: Caller;
}

/** What goes wrong with one call, on its way there, or back, when it has had its effect. */
export interface CallTrouble {
  readonly when: 'before' | 'after';
  /** It is lost there, and this is all that its caller learns. Undefined: it is only late. */
  readonly error?: Error;
  readonly seconds?: number;
}

/** How a call takes its time and may go wrong on its way there and back. */
export interface Wire {
  call<T>(call: Call, effect: () => T | Promise<T>): Promise<T>;
  /** Every call that was made, whatever became of it. */
  readonly counts: Readonly<Record<Service, number>>;
}

export interface WireOptions {
  readonly time: VirtualTime;
  readonly chance: Chance;
  /** Asked for each call; undefined: nothing goes wrong. */
  readonly trouble: (call: Call) => CallTrouble | undefined;
  /** Whether the way back takes time as well, so that other things happen between an effect and its answer. */
  readonly isSlowBothWays: boolean;
}

/** Median seconds of one call, there and back. EC2's launch: 3 to 5 s are reported. */
const medianSeconds: Readonly<Record<Service, number>> = {
  github: 0.25,
  ec2: 0.4,
  ssm: 0.03,
  dynamodb: 0.008,
  sqs: 0.012,
};
const launchSeconds = 3.5;
const spread = 0.4;

const forever = <T>(): Promise<T> => new Promise<T>(() => {});

export function wire({ time, chance, trouble, isSlowBothWays }: WireOptions): Wire {
  const counts: Record<Service, number> = { github: 0, ec2: 0, ssm: 0, dynamodb: 0, sqs: 0 };
  const secondsOf = ({ service, action }: Call): number =>
    chance.lognormal(service === 'ec2' && action === 'launch' ? launchSeconds : medianSeconds[service], spread);

  return {
    counts,
    async call(call, effect) {
      const { caller } = call;
      caller.beginsCall?.();
      if (caller.isDead()) return forever();
      counts[call.service] += 1;
      const wrong = trouble(call);
      const seconds = secondsOf(call);
      await time.sleep(isSlowBothWays ? seconds / 2 : seconds);
      if (wrong?.when === 'before') await suffer(caller, wrong);
      // What is on its way arrives, even if its sender has died meanwhile.
      const answer = await effect();
      if (isSlowBothWays) await time.sleep(seconds / 2);
      caller.endsCall?.();
      if (wrong?.when === 'after') await suffer(caller, wrong);
      return caller.isDead() ? forever() : answer;
    },
  };

  async function suffer(caller: Caller, { seconds = 0, error }: CallTrouble): Promise<void> {
    await time.sleep(seconds);
    if (error === undefined) return;
    if (caller.isDead()) return forever();
    throw error;
  }
}

// biome-ignore lint/suspicious/noExplicitAny: the methods of any port, called as they come.
type Method = (...args: any[]) => Promise<unknown>;

/** A port whose every method is one call over the wire. */
export function overWire<Port extends { readonly [Name in keyof Port]: Method }>(
  over: Wire,
  service: Service,
  caller: Caller,
  port: Port,
): Port {
  const methods = Object.entries<Method>(port).map(([action, method]) => {
    const call: Call = { service, action, caller };
    return [action, (...args: unknown[]) => over.call(call, () => method(...args))];
  });
  return Object.fromEntries(methods) as Port;
}
