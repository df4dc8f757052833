import type { Lane } from '../../src/core/lane.ts';
import type { Lease } from '../../src/core/runner.ts';
import type { RunnerGrant } from '../../src/ports/forge.ts';
import type { HostPolicy, Hosts, OwnHost } from '../../src/ports/hosts.ts';

/** A table of hosts with no row in it, from both sides. */
export interface HostsSubject {
  readonly hosts: Hosts;
  readonly ownHost: (instanceId: string) => OwnHost;
}

export type MakeHosts = () => HostsSubject | Promise<HostsSubject>;

export const policy: HostPolicy = {
  bootLimitSeconds: 300,
  firstJobSeconds: 600,
  hardLimitSeconds: 86_400,
  leaseRenewalSeconds: 60,
  quietSeconds: 60,
  answerLimitSeconds: 900,
  rowlessLimitSeconds: 600,
};

export const lane: Lane = { fleet: 'small', scope: 'org:acme' };
export const otherFleet: Lane = { fleet: 'large', scope: 'org:acme' };
export const machine = (instanceId: string) => ({ instanceId, policy });
export const lease: Lease = { counter: 1, sees: 'idle', since: 900, at: 1_000 };

export const grant = (name: string): RunnerGrant => ({
  registration: { id: '7', name },
  singleUse: true,
  boot: { argv: ['--jitconfig', `secret-of-${name}`], env: { RUNNER_NAME: name } },
});

/** With one row in it, for `i-1`. */
export async function makeWithRow(make: MakeHosts) {
  const { hosts, ownHost } = await make();
  await hosts.open(lane, [machine('i-1')]);
  const row = async () => (await hosts.read(lane, ['i-1'])).get('i-1');
  return { hosts, own: ownHost('i-1'), row };
}
