/**
 * Seeds that broke a promise once, under heavy faults, each with what was wrong. A seed means something else after a
 * change of the world, so what it showed has a test of its own as well; these cost next to nothing.
 */
export const pastFailures: readonly { readonly seed: number; readonly was: string }[] = [
  { seed: 2919, was: 'a runner ended a minute after the forge had called it busy' },
  { seed: 9674, was: 'launches that were given back hours later came on top of the hourly cap' },
];
