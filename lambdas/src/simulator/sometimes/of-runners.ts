import { type Sometimes, says } from './sometimes.ts';

const plans = (kind: string, reason?: string) =>
  says('scale-down', 'scale-down', { kind, ...(reason !== undefined && { reason }) });

export const ofRunners: readonly Sometimes[] = [
  {
    name: 'surplus-let-go',
    sentence: 'More runners are idle than are wanted, and one is asked to leave.',
    ...plans('ask-to-leave', 'surplus'),
  },
  {
    name: 'slot-given-up',
    sentence: 'An idle runner that a pool or idle window wants gives its slot to a job elsewhere.',
    ...plans('ask-to-leave', 'others-wait'),
  },
  {
    name: 'removed-fleet-drained',
    sentence: 'An idle runner of a fleet that is not configured any more is asked to leave.',
    ...plans('ask-to-leave', 'fleet-removed'),
  },
  {
    name: 'vanished-registration-seen',
    sentence: 'The forge does not know an idle runner, in two looks: it is asked to leave.',
    ...plans('ask-to-leave', 'forge-does-not-know-it'),
  },
  {
    name: 'worker-while-leaving',
    sentence: 'A runner was asked to leave, and a worker came: it stays.',
    ...plans('take-back', 'worker-while-leaving'),
  },
  {
    name: 'removal-refused',
    sentence: 'The forge calls a leaving runner busy and does not remove it: it stays.',
    ...plans('take-back', 'forge-says-busy'),
  },
  {
    name: 'person-kept-machine',
    sentence: 'Somebody tagged a leaving machine so that it is kept: it stays.',
    ...plans('take-back', 'bypass-removal'),
  },
  {
    name: 'volunteer-needed-for-jobs',
    sentence: 'A runner that waited in vain wants to go, and is told to stay, as jobs wait.',
    ...plans('refuse-to-let-go', 'jobs-wait'),
  },
  {
    name: 'idle-window-kept-runner',
    sentence: 'Another is told to stay, as an idle window wants it.',
    ...plans('refuse-to-let-go', 'idle-window'),
  },
  {
    name: 'silent-runner-ended',
    sentence: 'A runner’s lease stands still and the forge calls it offline: its machine is ended.',
    ...plans('end-lost', 'silent'),
  },
  {
    name: 'impaired-machine-ended',
    sentence: 'A runner’s lease stands still and EC2 calls its machine impaired: it is ended.',
    ...plans('end-lost', 'impaired'),
  },
  {
    name: 'silence-of-many-doubted',
    sentence: 'Too many runners fall silent at once: none of them is ended.',
    ...plans('keep', 'too-many-silent-at-once'),
  },
  {
    name: 'silent-runner-online',
    sentence: 'A runner is silent, the forge still sees it, and it is kept.',
    ...plans('keep', 'silent-but-online'),
  },
  {
    name: 'silent-runner-busy',
    sentence: 'A runner is silent, the forge says that it works, and it is kept.',
    ...plans('keep', 'silent-but-forge-says-busy'),
  },
  {
    name: 'silent-runner-has-job',
    sentence: 'A runner is silent, a job names it, and the forge is asked about that job.',
    ...plans('read-job', 'silent-but-a-job-names-it'),
  },
  {
    name: 'foreign-job-seen',
    sentence: 'A runner works on what nobody told us of, for longer than an event takes.',
    ...plans('keep', 'foreign-job'),
  },
  {
    name: 'boot-limit-passed',
    sentence: 'A machine did not become a runner in time: its grant is made void, and it is ended.',
    ...plans('end-unstarted'),
  },
  {
    name: 'row-closed-by-absence',
    sentence: 'Two complete lists do not name a machine: its slot is free.',
    ...plans('close', 'absent'),
  },
];
