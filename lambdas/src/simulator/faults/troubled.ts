import type { Instant } from '../../core/instant.ts';
import type { Trouble, TroubleKind } from '../world/troubles.ts';

const everyKind: Readonly<Record<TroubleKind, true>> = {
  ofCall: true,
  ofDelivery: true,
  ofBoot: true,
  ofInvocation: true,
  ofLaunch: true,
  ofListing: true,
  ofCapacity: true,
  ofMachineListing: true,
  ofRemoval: true,
  ofJobRead: true,
  ofAssignment: true,
  ofEndpoint: true,
  ofControlPlane: true,
  ofColdStart: true,
  ofSend: true,
  ofQueue: true,
  ofEnding: true,
  ofStateChange: true,
};
const kinds = Object.keys(everyKind) as readonly TroubleKind[];

// biome-ignore lint/suspicious/noExplicitAny: each kind asks with its own words.
type Ask = (...args: any[]) => unknown;

/** Many faults as one: the first that has something to say is heard, as long as faults may act. */
export function troubled(troubles: readonly Trouble[], now: () => Instant, endAt: Instant): Required<Trouble> {
  const heard = (kind: TroubleKind): Ask => {
    const asks = troubles.flatMap((trouble) => (trouble[kind] as Ask | undefined) ?? []);
    if (asks.length === 0) return () => undefined;
    return (...args) => {
      if (now() >= endAt) return undefined;
      for (const ask of asks) {
        const answer = ask(...args);
        if (answer !== undefined) return answer;
      }
      return undefined;
    };
  };
  return Object.fromEntries(kinds.map((kind) => [kind, heard(kind)])) as unknown as Required<Trouble>;
}
