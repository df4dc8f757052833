/**
 * Seeds that broke a promise once, under heavy faults, each with what was wrong. A seed means something else after a
 * change of the world, so what it showed has a test of its own as well; these cost next to nothing.
 */
export const pastFailures: readonly { readonly seed: number; readonly was: string }[] = [
  { seed: 2919, was: 'a runner ended a minute after the forge had called it busy' },
  { seed: 9674, was: 'launches that were given back hours later came on top of the hourly cap' },
  { seed: 12206, was: 'the same, after an hour in which EC2 was away' },
  { seed: 12496, was: 'the same' },
  {
    seed: 9649,
    was: 'a change of configuration was taken for done though a lane could not be read, and its jobs were left in it',
  },
  { seed: 5600, was: 'the same, with a whole fleet’s jobs' },
  { seed: 1920, was: 'the check judged a job by the fleet that was to take it when it was queued' },
  { seed: 7742, was: 'the same, of jobs that waited for hours' },
  { seed: 778, was: 'the check knew no job that had matched nothing when it was queued' },
  { seed: 5548, was: 'the check forgot that a late event is recorded for the fleets of then' },
  {
    seed: 2883,
    was: 'a silent runner was called busy, then nobody looked for a quarter of an hour, and one lie later it was ended',
  },
  { seed: 6366, was: 'a job ran whose word was old, and a machine too many was launched, as others were launched for' },
  { seed: 6707, was: 'the same' },
  { seed: 3740524960, was: 'the same, after the ledger had been away' },
  { seed: 3740526917, was: 'the same' },
  { seed: 3740525731, was: 'two lists a minute apart lost the same machine, and its slot was given back' },
  {
    seed: 21746,
    was: 'the check knew no end of a job that was nobody’s then, and that a late event gave to a new fleet',
  },
  {
    seed: 31491,
    was: 'many were silent, and offline at the forge; one stayed so under a lie, and what the forge had said then counted',
  },
  { seed: 12661, was: 'the check took machines for known to have failed while no function ran that could see it' },
];
