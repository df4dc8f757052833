import type { Instant } from '../../core/instant.ts';
import type { Trouble, TroubleKind } from '../world/troubles.ts';

/** `one`: the first fault that has something to say is heard. `all`: what they say holds at once, the first one's word first. */
const everyKind: Readonly<Record<TroubleKind, 'one' | 'all'>> = {
  ofCall: 'one',
  ofDelivery: 'all',
  ofBoot: 'all',
  ofInvocation: 'one',
  ofLaunch: 'one',
  ofListing: 'all',
  ofCapacity: 'one',
  ofMachineListing: 'one',
  ofRemoval: 'one',
  ofJobRead: 'one',
  ofAssignment: 'one',
  ofEndpoint: 'one',
  ofControlPlane: 'one',
  ofColdStart: 'one',
  ofSend: 'one',
  ofQueue: 'one',
  ofEnding: 'one',
  ofStateChange: 'one',
};

// biome-ignore lint/suspicious/noExplicitAny: each kind asks with its own words.
type Ask = (...args: any[]) => unknown;

/** Many faults as one, as long as faults may act. */
export function troubled(troubles: readonly Trouble[], now: () => Instant, endAt: Instant): Required<Trouble> {
  const heard = ([kind, whose]: [string, 'one' | 'all']): [string, Ask] => {
    const asks = troubles.flatMap((trouble) => (trouble[kind as TroubleKind] as Ask | undefined) ?? []);
    const first = whose === 'one' || asks.length === 1;
    const answer = first ? firstOf(asks) : allOf(asks);
    return [kind, asks.length === 0 ? () => undefined : (...args) => (now() < endAt ? answer(...args) : undefined)];
  };
  return Object.fromEntries(Object.entries(everyKind).map(heard)) as unknown as Required<Trouble>;
}

const firstOf =
  (asks: readonly Ask[]): Ask =>
  (...args) => {
    for (const ask of asks) {
      const answer = ask(...args);
      if (answer !== undefined) return answer;
    }
    return undefined;
  };

const allOf =
  (asks: readonly Ask[]): Ask =>
  (...args) => {
    const answers = asks.map((ask) => ask(...args)).filter((answer) => answer !== undefined);
    return answers.length === 0 ? undefined : Object.assign({}, ...answers.reverse());
  };
