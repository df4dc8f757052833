import { happens, rungBecause, type Sometimes, says } from './sometimes.ts';

export const ofFunctions: readonly Sometimes[] = [
  {
    name: 'webhook-asked-again',
    sentence: 'An event can’t be recorded: the webhook answers 503, and the forge knows.',
    ...says('webhook', 'A delivery could not be recorded.'),
  },
  {
    name: 'scale-up-timed-out',
    sentence: 'Scale-up runs into its time limit.',
    ...happens('invocation', (fact) => fact.function === 'scale-up' && fact.outcome === 'timed-out'),
  },
  {
    name: 'message-returned',
    sentence: 'A lane can’t be served, and its message returns to the queue.',
    ...says('scale-up', 'A lane could not be served; its messages return to the queue.'),
  },
  {
    name: 'message-dead',
    sentence: 'A message fails so often that it becomes a dead letter.',
    ...happens('dead-letter'),
  },
  {
    name: 'continuation-lost',
    sentence: 'A lane lacks runners and nothing rings for it: the sweep does.',
    ...rungBecause('lane-lacks-runners'),
  },
  {
    name: 'intent-without-owner',
    sentence: 'A launch is left open and nothing rings for it: the sweep does.',
    ...rungBecause('intent-without-owner'),
  },
];
