import type { HostPolicy } from '../../src/core/host-policy.ts';
import type { Ask, GrantState, Lease } from '../../src/core/runner.ts';
import type { RunnerGrant } from '../../src/ports/forge.ts';
import type { OwnHost } from '../../src/ports/hosts.ts';

const hostLimits: HostPolicy = {
  bootLimitSeconds: 600,
  firstJobSeconds: 300,
  hardLimitSeconds: 7_200,
  leaseRenewalSeconds: 60,
  quietSeconds: 60,
  answerLimitSeconds: 900,
  rowlessLimitSeconds: 600,
};
export const oneGrant: RunnerGrant = {
  registration: { id: '7', name: 'ghr-i-1' },
  singleUse: true,
  boot: { argv: ['--jitconfig', 'x'], env: {} },
};

/** One row whose answers a test chooses. */
export function ownRow() {
  const state = {
    grantState: 'none' as GrantState | 'absent',
    ask: undefined as Ask | undefined,
    error: undefined as Error | undefined,
    loseAnswers: false,
    leases: [] as Lease[],
    reads: 0,
  };
  const reach = (): void => {
    if (state.error) throw state.error;
  };
  const own: OwnHost = {
    read: async () => {
      state.reads += 1;
      reach();
      if (state.grantState === 'absent') return 'absent';
      return { grantState: state.grantState, policy: hostLimits, ...(state.ask && { ask: state.ask }) };
    },
    takeGrant: async () => {
      reach();
      if (state.grantState !== 'given') return null;
      state.grantState = 'taken';
      if (state.loseAnswers) throw new Error('connection reset');
      return oneGrant;
    },
    renew: async (lease) => {
      reach();
      if (state.grantState === 'absent') return 'absent';
      state.leases.push(lease);
      return 'renewed';
    },
  };
  return { own, state };
}
