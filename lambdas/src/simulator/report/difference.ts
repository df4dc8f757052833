/** Which way a figure should go. */
export type Better = 'lower' | 'higher' | 'neither';

/** The second run against the first. */
export interface Difference {
  readonly absolute: number;
  /** Of the first run's figure; undefined: that was nothing. */
  readonly relative?: number;
  readonly verdict: 'better' | 'worse' | 'same' | 'other';
}

/** Undefined, if one of the runs has no such figure. */
export function differenceOf(
  first: number | undefined,
  second: number | undefined,
  better: Better,
): Difference | undefined {
  if (first === undefined || second === undefined) return undefined;
  const absolute = second - first;
  return {
    absolute,
    ...(first === 0 ? {} : { relative: absolute / Math.abs(first) }),
    verdict: verdictOn(absolute, first, better),
  };
}

function verdictOn(absolute: number, first: number, better: Better): Difference['verdict'] {
  // Sums of fractions differ in their last digit; nobody means that.
  if (Math.abs(absolute) <= Math.abs(first) * 1e-9) return 'same';
  if (better === 'neither') return 'other';
  return absolute < 0 === (better === 'lower') ? 'better' : 'worse';
}
