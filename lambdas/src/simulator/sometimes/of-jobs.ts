import type { Fact } from '../facts.ts';
import { happens, rungBecause, type Sometimes, says } from './sometimes.ts';

/** Scale-up and the sweep ask the forge in the same way. */
const readAtForge = (isReached: (fields: Readonly<Record<string, unknown>>) => boolean) => ({
  hears: ['scale-up', 'sweep'] as const,
  begin: () => (fact: Fact) =>
    fact.kind === 'log' && fact.message === 'read-job' && fact.fields.kind === 'moved' && isReached(fact.fields),
});

export const ofJobs: readonly Sometimes[] = [
  {
    name: 'job-found-by-sweep',
    sentence: 'No event told of a job, and the sweep finds it at the forge.',
    ...rungBecause('job-without-event'),
  },
  {
    name: 'missed-event-heard',
    sentence: 'The forge could not deliver an event, and the sweep hears it.',
    ...rungBecause('missed-event'),
  },
  {
    name: 'job-moved-back',
    sentence: 'The forge says twice that a job which we thought running waits: it counts again.',
    ...readAtForge(({ before, after }) => before === 'running' && after === 'queued'),
  },
  {
    name: 'job-unknown-to-forge',
    sentence: 'The forge says twice that it knows of no such job: it is closed.',
    ...readAtForge(({ after, says }) => after === 'done' && says === undefined),
  },
  {
    name: 'job-end-read',
    sentence: 'Nobody told of a job’s end, and the forge says so when asked.',
    ...readAtForge(({ after, says }) => after === 'done' && says === 'done'),
  },
  {
    name: 'job-unreadable',
    sentence: 'The forge can’t be asked about a job, and the lane goes on without it.',
    hears: ['scale-up'],
    begin: () => (fact) => fact.kind === 'log' && fact.message === 'A job could not be read at the forge.',
  },
  {
    name: 'job-requeued',
    sentence: 'A runner does not take up its job, and the forge queues it again.',
    ...happens('job-requeued'),
  },
  {
    name: 'job-stuck',
    sentence: 'Three runners came for a job that still waits: it gets one at a time, and an alarm.',
    ...says('sweep', 'Jobs wait though runners came for them.'),
  },
  {
    name: 'worker-without-event',
    sentence: 'A runner works, no event says on what, and it stands for a waiting job for a while.',
    ...says('scale-up', 'scale-up', { kind: 'wait', reason: 'worker-without-event' }),
  },
  {
    name: 'configuration-changed',
    sentence: 'A fleet left or came back, and waiting jobs find another lane.',
    ...rungBecause('configuration-changed'),
  },
  {
    name: 'pool-served-job',
    sentence: 'A job starts on a runner that was launched for a pool.',
    hears: ['scale-up', 'instance-launched', 'job-started', 'instance-gone'],
    begin: () => {
      const pools = new Set<unknown>();
      const runners = new Set<string>();
      return (fact) => {
        if (fact.kind === 'job-started') return runners.delete(fact.instance);
        if (fact.kind === 'instance-gone') runners.delete(fact.instance);
        if (fact.kind === 'instance-launched' && pools.has(fact.launchId)) runners.add(fact.instance);
        if (fact.kind === 'log' && fact.message === 'intent' && fact.fields.reason === 'pool-is-due') {
          pools.add(fact.fields.launchId);
        }
        return false;
      };
    },
  },
];
