import { contract, type Skip } from './contract.ts';
import { grantFacts, raceFacts } from './hosts-grant-facts.ts';
import { rowFacts } from './hosts-row-facts.ts';
import type { MakeHosts } from './hosts-subject.ts';

export interface HostsContract {
  readonly name: string;
  readonly make: MakeHosts;
  readonly skips?: readonly Skip[];
}

/** What the table of hosts does, seen from the control plane and from a machine. */
export function hostsContract({ name, make, skips }: HostsContract): void {
  contract(`${name} keep the hosts' contract`, { ...rowFacts(make), ...grantFacts(make), ...raceFacts(make) }, skips);
}
