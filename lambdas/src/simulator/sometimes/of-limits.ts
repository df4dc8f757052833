import { laneOf } from '../../core/lane.ts';
import { rungBecause, type Sometimes, says } from './sometimes.ts';

const waits = (reason: string) => says('scale-up', 'scale-up', { kind: 'wait', reason });

export const ofLimits: readonly Sometimes[] = [
  { name: 'fleet-limit-reached', sentence: 'A lane waits, as its fleet is full.', ...waits('fleet-limit') },
  {
    name: 'deployment-limit-reached',
    sentence: 'A lane waits, as the deployment is full.',
    ...waits('deployment-limit'),
  },
  {
    name: 'older-lane-in-fleet-first',
    sentence: 'A lane leaves its fleet’s slots to one that starves longer.',
    ...waits('older-lane-in-fleet'),
  },
  {
    name: 'older-lane-in-deployment-first',
    sentence: 'A lane leaves the deployment’s slots to one that starves longer.',
    ...waits('older-lane-in-deployment'),
  },
  {
    name: 'freed-slot-passed-on',
    sentence: 'A lane that wants no more of the freed slots rings for the next.',
    ...rungBecause('slot-left-over'),
  },
  {
    name: 'hourly-cap-reached',
    sentence: 'A lane goes on later, as its fleet launched enough in this hour.',
    ...rungBecause('hourly-cap'),
  },
  {
    name: 'full-place-rests',
    sentence: 'Fewer machines come than were asked for; full places rest, and the others are tried.',
    ...says('scale-up', 'launched', { kind: 'short' }),
  },
  { name: 'no-place-left', sentence: 'A lane waits, as every place rests.', ...waits('no-capacity') },
  {
    name: 'on-demand-failover',
    sentence: 'There is no Spot machine to be had, and one on demand is taken.',
    ...says('scale-up', 'step', { kind: 'on-demand' }),
  },
  {
    name: 'launch-refused',
    sentence: 'EC2 refuses a launch as another try would not help, and the lane backs off.',
    ...says('scale-up', 'launched', { kind: 'refused' }),
  },
  {
    name: 'breaker-opened',
    sentence: 'Machines of a fleet do not become runners: it launches no more for a while.',
    ...waits('breaker-open'),
  },
  {
    name: 'breaker-probed',
    sentence: 'One machine is launched to see whether it boots.',
    ...says('scale-up', 'intent', { kind: 'written', reason: 'breaker-probe' }),
  },
  {
    name: 'breaker-closed',
    sentence: 'After such a probe a runner came, and the fleet launches as before.',
    hears: ['scale-up', 'scale-down'],
    begin: () => {
      const probed = new Set<unknown>();
      return (fact) => {
        if (fact.kind !== 'log') return false;
        const { fields, message } = fact;
        if (message === 'intent' && fields.reason === 'breaker-probe') probed.add(laneOf(String(fields.lane))?.fleet);
        return message === 'breaker' && fields.kind === 'closed' && probed.delete(fields.fleet);
      };
    },
  },
];
