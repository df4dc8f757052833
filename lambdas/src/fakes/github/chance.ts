/** Draws that repeat with their seed. */
export interface Chance {
  /** 0 ≤ x < 1 */
  fraction(): number;
  /** True in `probability` of all draws. A certain or impossible event uses up no draw. */
  happens(probability: number): boolean;
}

/** The mulberry32 generator: 32 bits of state are plenty for choosing faults. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    fraction,
    happens: (probability) => probability >= 1 || (probability > 0 && fraction() < probability),
  };
}
