import { afterEach, beforeEach, describe, test } from '@jest/globals';
import { jobFacts, missedEventFacts, webhookFacts } from './forge-job-facts.ts';
import { removalFacts, runnerFacts } from './forge-runner-facts.ts';
import type { ForgeSubject } from './forge-subject.ts';

export interface ForgeContract {
  readonly name: string;
  make(): Promise<ForgeSubject>;
  /** What this forge cannot do, and why. */
  readonly skips: readonly { readonly reason: string; readonly tests: readonly string[] }[];
}

/** What every forge adapter does, whatever is behind it. */
export function forgeContract({ name, make, skips }: ForgeContract): void {
  const skipped = new Map(skips.flatMap(({ reason, tests }) => tests.map((title) => [title, reason] as const)));
  const fact = (title: string, body: () => Promise<void>) => {
    const reason = skipped.get(title);
    if (reason) test.skip(`${title} (${reason})`, body);
    else test(title, body);
  };

  describe(`${name} keeps the forge's contract`, () => {
    let subject: ForgeSubject;
    beforeEach(async () => {
      subject = await make();
    });
    afterEach(() => subject.close());

    webhookFacts(fact, () => subject);
    jobFacts(fact, () => subject);
    missedEventFacts(fact, () => subject);
    runnerFacts(fact, () => subject);
    removalFacts(fact, () => subject);
  });
}
