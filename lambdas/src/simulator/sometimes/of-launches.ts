import { tokenMismatch } from '../world/cloud.ts';
import { type Sometimes, says } from './sometimes.ts';

export const ofLaunches: readonly Sometimes[] = [
  {
    name: 'intent-answer-lost',
    sentence: 'The answer to an intent is lost, and its writer asks whether it was written.',
    ...says('scale-up', 'The answer to an intent was lost; asking whether it was written.'),
  },
  {
    name: 'intent-never-called',
    sentence: 'The writer of an intent dies before its first call; a later pass closes it with nothing.',
    ...says('scale-up', 'settle', { kind: 'nothing-was-called' }),
  },
  {
    name: 'intent-replayed',
    sentence: 'A launch that nobody finished is called again within minutes, with its own token.',
    ...says('scale-up', 'settle', { kind: 'replayed' }),
  },
  {
    name: 'intent-listed',
    sentence: 'A launch that nobody finished is settled by the machines that carry its id.',
    ...says('scale-up', 'settle', { kind: 'listed' }),
  },
  {
    name: 'intent-waits-for-lists',
    sentence: 'Such a launch waits, as one list is not enough.',
    ...says('scale-up', 'settle', { kind: 'waits' }),
  },
  {
    name: 'intent-taken-by-another',
    sentence: 'Two passes want to settle the same launch, and one lets it be.',
    ...says('scale-up', 'settle', { kind: 'taken-by-other' }),
  },
  {
    name: 'token-mismatched',
    sentence: 'EC2 takes such a call for another launch than the first, which is then settled by its machines.',
    hears: ['scale-up'],
    begin: () => {
      const mismatched = new Set<unknown>();
      return (fact) => {
        if (fact.kind !== 'log') return false;
        const { launchId, kind, reason } = fact.fields;
        if (fact.message === 'A launch call failed.' && reason === tokenMismatch) mismatched.add(launchId);
        return fact.message === 'settle' && kind === 'listed' && mismatched.delete(launchId);
      };
    },
  },
  {
    name: 'machine-adopted',
    sentence: 'A machine with our tags has no row, and is adopted.',
    ...says('sweep', 'A machine had no row.', { kind: 'adopted' }),
  },
  {
    name: 'decision-overtaken',
    sentence: 'Two passes decide on one lane at the same time; one loses, and decides anew.',
    ...says('scale-up', 'launched', { kind: 'lost' }),
  },
  {
    name: 'pool-launched',
    sentence: 'A pool is due, and runners are launched for it.',
    ...says('scale-up', 'scale-up', { kind: 'launch', reason: 'pool-is-due' }),
  },
];
