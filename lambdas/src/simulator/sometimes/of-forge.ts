import { happens, type Sometimes, says } from './sometimes.ts';

export const ofForge: readonly Sometimes[] = [
  {
    name: 'name-taken',
    sentence: 'A runner’s name is taken, and it gets one with a suffix.',
    ...happens('registration-made', ({ name, askedBy }) => askedBy !== undefined && name.includes('.')),
  },
  {
    name: 'grant-refused',
    sentence: 'The forge makes no runner, again and again, and the machine waits for the next pass.',
    ...says('scale-up', 'Grants could not be minted; the next pass mints them.'),
  },
  {
    name: 'grant-minted-later',
    sentence: 'A later pass finds a machine without grant, and mints it.',
    ...says('scale-up', 'grants', { kind: 'mint', reason: 'grants-missing' }),
  },
  {
    name: 'grant-too-late',
    sentence: 'A grant comes when its machine’s row is closed or void.',
    ...says('scale-up', 'A grant came too late.'),
  },
  {
    name: 'stray-removed',
    sentence: 'A registration has no machine, and the sweep removes it.',
    ...says('sweep', 'sweep', { kind: 'removed', reason: 'registration-without-instance' }),
  },
];
