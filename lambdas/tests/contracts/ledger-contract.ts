import { contract, type Skip } from './contract.ts';
import { intentFacts } from './ledger-intent-facts.ts';
import { jobFacts } from './ledger-job-facts.ts';
import { runnerFacts } from './ledger-runner-facts.ts';
import { sharedFacts } from './ledger-shared-facts.ts';
import type { MakeLedger } from './ledger-subject.ts';

export interface LedgerContract {
  readonly name: string;
  readonly make: MakeLedger;
  readonly skips?: readonly Skip[];
}

/** What the functions ask of any ledger. */
export function ledgerContract({ name, make, skips }: LedgerContract): void {
  const facts = { ...jobFacts(make), ...intentFacts(make), ...runnerFacts(make), ...sharedFacts(make) };
  contract(`${name} keeps the ledger's contract`, facts, skips);
}
