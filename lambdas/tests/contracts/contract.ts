import { describe, expect, test } from '@jest/globals';

/** What an adapter does not do, and why; shown with its reason, never passed over in silence. */
export interface Skip {
  readonly reason: string;
  readonly tests: readonly string[];
}

/** What every adapter of one port keeps: a sentence, and its proof. */
export type Facts = Readonly<Record<string, () => Promise<void>>>;

export function contract(name: string, facts: Facts, skips: readonly Skip[] = []): void {
  const reasons = new Map(skips.flatMap(({ reason, tests }) => tests.map((fact) => [fact, reason] as const)));

  describe(name, () => {
    for (const [fact, proof] of Object.entries(facts)) {
      const reason = reasons.get(fact);
      if (reason) test.skip(`${fact} (${reason})`, proof);
      else test(fact, proof);
    }

    test('each skip names a fact', () => {
      expect([...reasons.keys()].filter((fact) => !(fact in facts))).toEqual([]);
    });
  });
}
