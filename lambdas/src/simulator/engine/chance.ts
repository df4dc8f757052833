/** Draws of one seed. Streams are drawn apart, so that one more draw in one of them shifts no other. */
export interface Chance {
  /** 0 ≤ x < 1 */
  fraction(): number;
  /** Whole, both ends included. */
  whole(least: number, most: number): number;
  between(least: number, most: number): number;
  /** True as often as that. */
  happens(probability: number): boolean;
  pick<T>(items: readonly [T, ...T[]] | readonly T[]): T;
  /** With that mean; memoryless. */
  exponential(mean: number): number;
  /** With that median; `spread` is the standard deviation of its logarithm: 0.5 doubles or halves it now and then. */
  lognormal(median: number, spread: number): number;
  /** Another stream, by name: the same name gives the same stream, whatever was drawn before. */
  stream(name: string): Chance;
}

export function chance(seed: number): Chance {
  const fraction = mulberry32(seed);
  const between = (least: number, most: number): number => least + fraction() * (most - least);
  return {
    fraction,
    between,
    whole: (least, most) => least + Math.floor(fraction() * (most - least + 1)),
    happens: (probability) => probability > 0 && fraction() < probability,
    pick: (items) => items[Math.floor(fraction() * items.length)] as (typeof items)[number],
    exponential: (mean) => -mean * Math.log(1 - fraction()),
    lognormal: (median, spread) => median * Math.exp(spread * normal(fraction)),
    stream: (name) => chance(mixed(seed, name)),
  };
}

/** Mulberry32: small, fast, and even enough for dice. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** FNV-1a of the name, begun at the seed. */
function mixed(seed: number, name: string): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

/** Box and Muller's. */
const normal = (fraction: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction());
