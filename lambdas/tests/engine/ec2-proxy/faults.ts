import { textHash } from '../../../src/core/text-hash.ts';
import { type Chance, seededChance } from '../../../src/fakes/github/chance.ts';
import { Ec2Refusal } from './ec2-call.ts';

/** `reset`: the connection breaks. `hang`: nothing comes, until the caller gives up. `error`: a 500. */
export type LossKind = 'reset' | 'hang' | 'error';

/** An answer that does not come, before or after the call took effect. */
export interface Loss {
  readonly when: 'before' | 'after';
  readonly how: LossKind;
}

export interface ScriptedLoss extends Loss {
  readonly action: string;
  readonly times?: number;
}

export interface ScriptedRefusal {
  readonly action: string;
  readonly code: string;
  readonly message?: string;
  readonly status?: number;
  readonly times?: number;
}

export interface RandomFaults {
  /** Of each call. 0: none. */
  readonly probability: number;
  readonly seed: number;
  /** Without a word: all of them. */
  readonly actions?: readonly string[];
  readonly kinds?: readonly (Loss | 'throttle')[];
}

export type Fault = Loss | Ec2Refusal;

const everyKind: readonly (Loss | 'throttle')[] = [
  { when: 'before', how: 'reset' },
  { when: 'after', how: 'reset' },
  { when: 'before', how: 'error' },
  { when: 'after', how: 'error' },
  'throttle',
];

/** What goes wrong with calls as wholes: first what was scripted, then what chance brings. */
export function faultBook() {
  let script: { readonly action: string; readonly fault: Fault; left: number }[] = [];
  let random: RandomFaults | undefined;
  const streams = new Map<string, Chance>();

  function scripted(action: string): Fault | undefined {
    const found = script.find((one) => one.action === action && one.left > 0);
    if (found) found.left -= 1;
    return found?.fault;
  }

  /** Each action draws from a stream of its own, so that one more call of another changes nothing. */
  function drawn(action: string): Fault | undefined {
    if (random === undefined || random.actions?.includes(action) === false) return undefined;
    const chance = streams.get(action) ?? seededChance(seedOf(random.seed, action));
    streams.set(action, chance);
    if (!chance.happens(random.probability)) return undefined;
    const kinds = random.kinds ?? everyKind;
    const kind = kinds[Math.floor(chance.fraction() * kinds.length)];
    return kind === 'throttle' ? new Ec2Refusal('RequestLimitExceeded', 'Request limit exceeded.', 503) : kind;
  }

  return {
    refuse: ({ action, code, message = `${code} was scripted.`, status, times = Infinity }: ScriptedRefusal): void => {
      script.push({ action, fault: new Ec2Refusal(code, message, status), left: times });
    },
    lose: ({ action, when, how, times = 1 }: ScriptedLoss): void => {
      script.push({ action, fault: { when, how }, left: times });
    },
    clear: (): void => {
      script = [];
      random = undefined;
    },
    failAtRandom: (faults: RandomFaults): void => {
      random = faults;
      streams.clear();
    },
    of: (action: string): Fault | undefined => scripted(action) ?? drawn(action),
  };
}

const seedOf = (seed: number, action: string): number => Number.parseInt(textHash(`${seed} ${action}`).slice(0, 8), 16);
