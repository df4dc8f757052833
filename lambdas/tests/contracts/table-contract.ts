import { contract, type Skip } from './contract.ts';
import { queryFacts, rowFacts } from './table-row-facts.ts';
import type { MakeTable } from './table-subject.ts';
import { conditionFacts, transactionFacts } from './table-transaction-facts.ts';

export interface TableContract {
  readonly name: string;
  readonly make: MakeTable;
  readonly skips?: readonly Skip[];
}

/** What the ledger asks of any table. */
export function tableContract({ name, make, skips }: TableContract): void {
  const facts = { ...rowFacts(make), ...conditionFacts(make), ...transactionFacts(make), ...queryFacts(make) };
  contract(`${name} keeps the table's contract`, facts, skips);
}
