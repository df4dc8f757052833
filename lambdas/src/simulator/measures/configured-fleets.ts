import type { Witness } from '../facts.ts';

/** Whose jobs are ours at this moment. Until a configuration is told, every fleet's are. */
export interface ConfiguredFleets {
  readonly hear: Witness;
  has(fleet: string | undefined): boolean;
}

export function configuredFleets(): ConfiguredFleets {
  let known: ReadonlySet<string> | undefined;
  return {
    hear(fact) {
      if (fact.kind === 'configured') known = new Set(fact.fleets);
    },
    has: (fleet) => fleet !== undefined && (known === undefined || known.has(fleet)),
  };
}
