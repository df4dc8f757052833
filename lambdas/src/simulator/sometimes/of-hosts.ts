import { happens, type Sometimes, says } from './sometimes.ts';

const ends = (reason: string) => says('host', 'host', { kind: 'end', reason });

export const ofHosts: readonly Sometimes[] = [
  { name: 'host-left', sentence: 'A host that was asked to leave is quiet, and ends itself.', ...ends('left') },
  {
    name: 'host-left-by-itself',
    sentence: 'A host wants to go, the control plane says nothing, and it ends itself.',
    ...ends('control-plane-silent'),
  },
  { name: 'host-rowless', sentence: 'A host’s row is gone for long, and it ends itself.', ...ends('row-gone') },
  {
    name: 'host-without-grant',
    sentence: 'A host was given no grant in time, and ends itself.',
    ...ends('boot-limit'),
  },
  { name: 'grant-void', sentence: 'A host finds its grant void, and ends itself.', ...ends('grant-void') },
  {
    name: 'grant-lost',
    sentence: 'A host’s grant was taken and nothing runs: its agent died in between.',
    ...ends('grant-lost'),
  },
  {
    name: 'runner-exited',
    sentence: 'A runner’s process ends before any job, and its host with it.',
    ...ends('runner-exited'),
  },
  {
    name: 'spot-notice-while-idle',
    sentence: 'Spot announces the end of an idle machine, which ends itself.',
    ...ends('spot-notice'),
  },
  {
    name: 'spot-took-worker',
    sentence: 'Spot takes a machine under its job.',
    ...happens('job-ended', ({ how }) => how === 'spot'),
  },
  {
    name: 'agent-restarted',
    sentence: 'An agent dies under a running runner, and the next one goes on with it.',
    hears: ['runner-started', 'fault', 'host', 'instance-gone'],
    begin: () => {
      const started = new Set<unknown>();
      const killed = new Set<unknown>();
      return (fact) => {
        if (fact.kind === 'runner-started') started.add(fact.instance);
        if (fact.kind === 'instance-gone') {
          started.delete(fact.instance);
          killed.delete(fact.instance);
        }
        if (fact.kind === 'fault' && fact.fault === 'agents-die' && started.has(fact.subject)) killed.add(fact.subject);
        if (fact.kind !== 'log' || fact.fields.kind !== 'renew') return false;
        return killed.delete(fact.fields.instance);
      };
    },
  },
];
