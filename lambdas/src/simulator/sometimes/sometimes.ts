import type { Fact, FactKind, FactOf } from '../facts.ts';

type Speaker = FactOf<'log'>['by'];

/** Whom a branch listens to: facts of one kind, or what one function says. */
export type Teller = Exclude<FactKind, 'log'> | Speaker;

/** An interesting branch. A campaign of many seeds that never reached it proves little. */
export interface Sometimes {
  readonly name: string;
  /** What happened, for the guide. */
  readonly sentence: string;
  /** It is told nothing else. */
  readonly hears: readonly Teller[];
  /** For one run. True: this fact reached it. */
  readonly begin: () => (fact: Fact) => boolean;
}

type Told = Pick<Sometimes, 'hears' | 'begin'>;

/** Reached by one line of a function, told by its message and some of its fields. */
export function says(by: Speaker, message: string, fields: Readonly<Record<string, unknown>> = {}): Told {
  const wanted = Object.entries(fields);
  const isReached = (fact: Fact): boolean => {
    if (fact.kind !== 'log' || fact.message !== message) return false;
    const said = fact.fields;
    for (const [name, value] of wanted) if (said[name] !== value) return false;
    return true;
  };
  return { hears: [by], begin: () => isReached };
}

/** Reached by one fact of the world. */
export function happens<Kind extends Exclude<FactKind, 'log'>>(
  kind: Kind,
  isReached: (fact: FactOf<Kind>) => boolean = () => true,
): Told {
  return { hears: [kind], begin: () => (fact) => isReached(fact as FactOf<Kind>) };
}

/** Reached by a message that rings for a lane, by why it was sent. */
export const rungBecause = (reason: string): Told => happens('lane-looked-at', (fact) => fact.reason === reason);
